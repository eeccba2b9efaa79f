//! The portfolio report of a commit against that of the work tree, and a metric over 52 weekly commits against one
//! commit, in the same run.
//!
//! `cargo bench --bench history` writes, by `git fast-import`, the history of a register in which every project
//! reports every week (a charter, 5 risks, 52 reports each), packs it as `git gc` does, checks it out, runs the
//! commands in turn, and prints the median of each and their ratios. Times are never compared across runs.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark measures, writes and prints"
)]

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const DAY: &str = "2026-11-20";
/// Noon of the first Friday, 28 November 2025, in seconds since 1970.
const FIRST: u64 = 1_764_331_200;
const WEEKS: u64 = 52;
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    // `cargo test --benches` only wants to know that this builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    println!(
        "{:>9} {:>10} {:>10} {:>7} {:>10} {:>7}",
        "projects", "work tree", "--at", "ratio", "52 weeks", "ratio"
    );
    for projects in sizes {
        let folder = tempfile::tempdir()?;
        git(folder.path(), &["init", "--quiet", "--initial-branch=main"])?;
        import(folder.path(), projects)?;
        git(folder.path(), &["checkout", "--quiet", "main"])?;
        git(folder.path(), &["gc", "--quiet"])?;
        let mut times: [Vec<Duration>; 3] = Default::default();
        let lines: [&[&str]; 3] = [
            &["report", "portfolio", "-O", "json"],
            &["report", "portfolio", "-O", "json", "--at", "HEAD"],
            &["trend", "risks", "--periods", "52", "-O", "json"],
        ];
        for round in 0..=ROUNDS {
            for (line, times) in lines.iter().zip(&mut times) {
                let took = timed(folder.path(), line)?;
                // The first round only warms the caches.
                times.extend((round > 0).then_some(took));
            }
        }
        let [tree, at, series] = times.map(median);
        let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
        println!(
            "{projects:>9} {tree:>8.1?} {at:>8.1?} {:>7.2} {series:>8.1?} {:>7.2}",
            ratio(at, tree),
            ratio(series, at)
        );
        if ratio(at, tree) > 2.0 {
            println!("a commit takes more than twice the time of the work tree");
        }
        if ratio(series, at) > 12.0 {
            println!("52 weeks take more than twelve times the time of one commit");
        }
    }
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn timed(folder: &Path, line: &[&str]) -> io::Result<Duration> {
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmo"));
    let status =
        command.current_dir(folder).args(["--today", DAY]).args(line).stdout(Stdio::null()).status()?;
    if status.success() { Ok(begun.elapsed()) } else { Err(io::Error::other(format!("{line:?} failed"))) }
}

fn git(folder: &Path, line: &[&str]) -> io::Result<()> {
    let status = Command::new("git").current_dir(folder).args(line).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("git {line:?} failed"))) }
}

/// Writes the history: everything in the first week, and one report a project in each.
fn import(folder: &Path, projects: usize) -> io::Result<()> {
    let mut child = Command::new("git")
        .current_dir(folder)
        .args(["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()?;
    let Some(stdin) = child.stdin.take() else { return Err(io::Error::other("git takes nothing in")) };
    let mut stream = BufWriter::new(stdin);
    for week in 0..WEEKS {
        let seconds = FIRST + week * 7 * 86_400;
        let message = format!("Week {week}");
        write!(stream, "commit refs/heads/main\ncommitter PMO <pmo@example.org> {seconds} +0000\n")?;
        write!(stream, "data {}\n{message}\n", message.len())?;
        if week == 0 {
            put(
                &mut stream,
                "pmo.toml",
                "[register]\nformat = 1\nname = \"Benchmark\"\ncurrency = \"EUR\"\n",
            )?;
        }
        for n in 0..projects {
            let home = format!("projects/p-{n:05}");
            if week == 0 {
                put(&mut stream, &format!("{home}/project.toml"), &charter(n))?;
                for risk in 1..=5 {
                    put(&mut stream, &format!("{home}/risks/R-{risk:03}.toml"), &risk_text(n, risk))?;
                }
            }
            // ISO weeks 48 to 52 of 2025, then 1 to 47 of 2026.
            let (year, number) = if week < 5 { (2025, week + 48) } else { (2026, week - 4) };
            put(&mut stream, &format!("{home}/status/{year}-W{number:02}.toml"), &report(n, week))?;
        }
    }
    stream.flush()?;
    drop(stream);
    if child.wait()?.success() { Ok(()) } else { Err(io::Error::other("git fast-import failed")) }
}

fn put(stream: &mut impl Write, path: &str, text: &str) -> io::Result<()> {
    write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len())
}

fn charter(n: usize) -> String {
    format!(
        "name = \"Project {n}\"\nmanager = \"person-{}\"\nstate = \"active\"\n\n[schedule]\nstart = 2025-10-01\n\
         finish = 2027-03-31\n\n[budget]\napproved = 1_{:03}_000\ncontingency = 90_000\n\n\
         [[milestone]]\nid = \"go-live\"\nname = \"Go-live\"\nbaseline = 2027-01-31\nkey = true\n",
        n % 40,
        n % 1000,
    )
}

fn report(n: usize, week: u64) -> String {
    format!(
        "by = \"person-{}\"\nsummary = \"Wave {week} is mapped.\"\npercent_complete = {week}\nactual_cost = {}_000\n\
         forecast_cost = 1_260_000\nforecast_finish = 2027-04-15\n\n[rag]\noverall = \"green\"\nschedule = \"amber\"\n\
         cost = \"green\"\n\n[milestone.go-live]\nforecast = 2027-02-14\n",
        n % 40,
        week * 14 + 1,
    )
}

fn risk_text(n: usize, risk: usize) -> String {
    format!(
        "title = \"Vendor misses workshop {risk}\"\nkind = \"threat\"\nowner = \"person-{}\"\nprobability = {}\n\
         impact = {{ cost = {}, schedule = 3 }}\nchance = 35\ncost_effect = 80_000\nresponse = \"mitigate\"\n\
         plan = \"Second supplier on call.\"\nstate = \"open\"\nraised = 2025-10-12\nreview_by = 2026-12-01\n",
        n % 40,
        1 + (n + risk) % 5,
        1 + (n * risk) % 5,
    )
}
