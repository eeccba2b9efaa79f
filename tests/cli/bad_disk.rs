//! Disks that are full, lost or read-only: an error that says what to do, and nothing half done.
//!
//! Modes do not stop root, so limits and mounts do it here; what a machine does not let us do is skipped aloud.

use crate::harness::Sandbox;

const RISK: &str = "projects/crm/risks/R-001.toml";

fn sandbox() -> Sandbox {
    Sandbox::register()
        .with(RISK, "title = \"one\"\n")
        .with("projects/crm/issues/I-001.toml", "title = \"two\"\n")
}

#[test]
fn a_file_that_may_not_grow_is_left_as_it_was() {
    let sandbox = sandbox();
    sandbox.pmo("set crm/R-001 title=three").ok();
    let before = sandbox.files();
    let long = "x".repeat(5000);
    // The limit of 1 KiB stops the text and not the note in the lock.
    for command in [
        format!("set crm/R-001 plan={long}"),
        format!("risk add crm --title {long}"),
        format!("risk occur crm/R-001 --outcome {long}"),
    ] {
        let run = sandbox.pmo_after("trap '' XFSZ; ulimit -f 2", &command).exits(2);
        assert!(run.stderr.contains("file too large"), "{run}");
        assert_eq!(sandbox.files(), before, "{}", &command[..20]);
    }
    sandbox.pmo("set crm/R-001 title=four").ok();
}

#[test]
fn a_full_disk_is_said_and_changes_nothing() {
    let sandbox = sandbox();
    let run = sandbox.pmo("report portfolio -o /dev/full").exits(2);
    assert!(run.stderr.contains("the disk is full; make room and try again"), "{run}");
    // A small disk with the register on it, and what is left of it filled up.
    let first = "exec 3>&2; unshare --mount true 2> /dev/null || { echo no mounts >&2; exit 77; }";
    let inside = "mount -t tmpfs -o size=256k tmpfs /mnt || exit 77; cp -r . /mnt; cd /mnt; mkdir -p .pmo/kept; \
                  echo '*' > .pmo/.gitignore; echo > .pmo/lock; find projects | sort > $HOME/before; cat $(find projects -type f | sort) >> $HOME/before; \
                  dd if=/dev/zero of=filler bs=1k 2> /dev/null; \
                  \"$0\" risk occur crm/R-001 --outcome Full --change; code=$?; \
                  find projects | sort > $HOME/after; cat $(find projects -type f | sort) >> $HOME/after; \
                  cmp $HOME/before $HOME/after || exit 88; rm -f $HOME/before $HOME/after filler; \
                  \"$0\" risk occur crm/R-001 --outcome Full --change || exit 89; exit $code";
    let Some(run) =
        sandbox.sh_after(first, &format!("unshare --mount sh -c '{}' \"$0\"", inside.replace('\'', "'\\''")))
    else {
        return;
    };
    let run = run.exits(2);
    assert!(run.stderr.contains("the disk is full; make room and try again"), "{run}");
}

#[test]
fn a_read_only_disk_is_said_and_can_still_be_read() {
    let sandbox = sandbox();
    let first = "unshare --mount true 2> /dev/null || { echo no mounts >&2; exit 77; }";
    let read_only = "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" || exit 77; ";
    let inside = |command: &str| format!("unshare --mount sh -c '{read_only} exec \"$0\" {command}' \"$0\"");
    let Some(run) = sandbox.sh_after(first, &inside("report portfolio")) else { return };
    run.ok();
    for command in [
        "set crm/R-001 title=five",
        "risk add crm --title Late",
        "mv crm/R-001 crm/R-009",
        "rm crm/R-001 --force",
    ] {
        let Some(run) = sandbox.sh_after(first, &inside(command)) else { return };
        let run = run.exits(2);
        assert!(run.stderr.contains("the file system is read-only; work in a copy"), "{run}");
    }
    assert_eq!(sandbox.read(RISK), "title = \"one\"\n");
}

#[test]
fn a_read_only_file_and_a_file_in_the_place_of_a_folder_are_refused_before_anything_is_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = sandbox();
    let set =
        |mode| std::fs::set_permissions(sandbox.path(RISK), std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o444);
    let before = sandbox.files();
    for command in
        ["set crm/R-001 title=five", "risk occur crm/R-001", "rm crm/R-001 --force", "mv crm/R-001 crm/R-009"]
    {
        let run = sandbox.pmo(command).exits(2);
        assert!(run.stderr.contains("read-only; make it writable (chmod u+w)"), "{run}");
        assert_eq!(sandbox.files(), before, "{command}");
    }
    set(0o640);
    sandbox.pmo("set crm/R-001 title=five").ok();
    let mode = sandbox.path(RISK).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o640, "the mode is kept");

    sandbox.write("projects/crm/actions", "a file");
    let before = sandbox.files();
    let run = sandbox.pmo("action add crm --title Call").exits(2);
    assert!(run.stderr.contains("projects/crm/actions is a file where a folder is expected"), "{run}");
    assert_eq!(sandbox.files(), before);
}
