//! A register of any size, and what it takes to measure commands over it.
//!
//! A project has 19 files: a charter, 13 weekly reports, 5 risks. Little is wrong with them, as in a register
//! that is kept well: one finding in two projects.

#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The day that counts as today.
pub const DAY: &str = "2026-11-20";

/// The middle one.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How many times longer one took than the other.
pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// Runs a command to its end: how long it took, and the most memory it held, in KiB.
pub fn timed(command: &mut Command) -> io::Result<(Duration, usize)> {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let mut memory = 0;
    loop {
        memory = memory.max(held(&child));
        if let Some(status) = child.try_wait()? {
            let took = begun.elapsed();
            return if status.success() || status.code() == Some(1) {
                Ok((took, memory))
            } else {
                Err(io::Error::other(format!("{command:?} failed: {status}")))
            };
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

/// The peak memory of a running process so far, where the system tells.
fn held(child: &Child) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Writes a register of that many projects; returns how many files it has.
pub fn generate(root: &Path, projects: usize) -> io::Result<usize> {
    fs::write(root.join("pmo.toml"), "[register]\nformat = 1\nname = \"Benchmark\"\ncurrency = \"EUR\"\n")?;
    let mut files = 1;
    fs::create_dir_all(root.join("people"))?;
    for n in 0..40 {
        let person = format!("name = \"Person {n}\"\nemail = \"person-{n}@example.org\"\n");
        fs::write(root.join(format!("people/person-{n}.toml")), person)?;
        files += 1;
    }
    for n in 0..projects {
        let folder = root.join(format!("projects/p-{n:05}"));
        fs::create_dir_all(folder.join("status"))?;
        fs::create_dir_all(folder.join("risks"))?;
        fs::write(folder.join("project.toml"), charter(n))?;
        for week in 35..48 {
            fs::write(folder.join(format!("status/2026-W{week}.toml")), report(n, week))?;
        }
        for risk in 1..=5 {
            fs::write(folder.join(format!("risks/R-{risk:03}.toml")), risk_text(n, risk))?;
        }
        files += 19;
    }
    Ok(files)
}

fn charter(n: usize) -> String {
    format!(
        "#:schema ../../.pmo/schema/project.json\nname = \"Project {n}\"\nmanager = \"person-{}\"\nsponsor = \"person-{}\"\n\
         division = \"{}\"\nstate = \"active\"\nphase = \"build\"\nmethod = \"hybrid\"\nclass = \"B\"\n\n\
         [schedule]\nstart = 2026-02-02\nfinish = 2027-03-31\n\n[budget]\napproved = 1_{:03}_000\ncontingency = 400_000\n\n\
         [[milestone]]\nid = \"design-done\"\nname = \"Design done\"\nbaseline = 2026-09-30\nkey = true\n\n\
         [[milestone]]\nid = \"go-live\"\nname = \"Go-live, wave 1\"\nbaseline = 2027-01-31\nkey = true\ngate = \"G4\"\n",
        n % 40,
        n % 13,
        ["Sales", "Finance", "Operations", "IT"][n % 4],
        n % 1000,
    )
}

fn report(n: usize, week: usize) -> String {
    let overall = ["green", "green", "amber", "green", "red"][(n + week) % 5];
    format!(
        "#:schema ../../../.pmo/schema/status.json\ntemplate = \"status/1\"\nby = \"person-{}\"\n\n\
         summary = \"\"\"Wave {} is mapped; the vendor holds the second workshop next week.\"\"\"\n\
         achieved = [\"Workshop {week} held\", \"Interface specified\"]\nnext = [\"Test data loaded\"]\n\
         path_to_green = \"Workshop moved to week {}.\"\n\npercent_complete = {}\nactual_cost = {}_000\n\
         forecast_cost = 1_260_000\nforecast_finish = 2027-04-15\nconfidence = 70\n\n\
         [rag]\noverall = \"{overall}\"\nschedule = \"amber\"\ncost = \"green\"\nscope = \"green\"\nrisk = \"green\"\n\n\
         [note]\nschedule = \"Two weeks behind.\"\n\n[milestone.design-done]\nactual = 2026-10-02\n\
         [milestone.go-live]\nforecast = 2027-02-14\n",
        n % 40,
        week % 4,
        week + 1,
        week + n % 10,
        week * 14,
    )
}

fn risk_text(n: usize, risk: usize) -> String {
    format!(
        "#:schema ../../../.pmo/schema/risk.json\ntitle = \"Vendor misses workshop {risk}\"\nkind = \"threat\"\n\
         category = \"supplier\"\nowner = \"person-{}\"\nprobability = {}\nimpact = {{ cost = {}, schedule = 3 }}\nchance = {}\n\
         cost_effect = {{ low = 40_000, likely = 80_000, high = 150_000 }}\nresponse = \"mitigate\"\n\
         plan = \"Second supplier on call.\"\nstate = \"open\"\nraised = 2026-10-12\nreview_by = 2026-12-01\n",
        n % 40,
        1 + (n + risk) % 5,
        1 + (n * risk) % 5,
        [5, 20, 40, 60, 85][(n + risk) % 5],
    )
}
