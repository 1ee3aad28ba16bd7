//! Directories in which nothing may be written: a clear error, exit code 4, and nothing left behind.
#![cfg(unix)]

#[path = "support/results.rs"]
mod support;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use support::{names, write_scenario};

/// A user without any rights of its own.
const NOBODY: u32 = 65_534;

/// Types a command as somebody who may not write to `folder`: exit code and what was said.
fn typed_by_another(program: &Path, folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    // Nothing is forbidden to root. Whoever else runs the tests has taken the right from himself.
    if fs::metadata(folder).expect("there is a folder").uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().expect("the program starts");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn nothing_can_be_written_and_nothing_is_left() {
    let home = tempfile::tempdir().expect("a directory for the test");
    allow(home.path(), 0o755);
    let program = home.path().join("detente");
    fs::copy(assert_cmd::cargo::cargo_bin!("detente"), &program).expect("it can be copied");
    allow(&program, 0o755);
    let folder = home.path().join("locked");
    fs::create_dir(&folder).expect("there is room");
    write_scenario(&folder);
    allow(&folder, 0o555);
    let before = names(&folder);
    for arguments in [
        &["run", "main.toml", "--trials", "64", "--no-charts", "--out", "out"][..],
        &["run", "main.toml", "--trials", "64", "--no-charts", "--out", "out", "--resume"],
        &["run", "main.toml", "--trials", "640", "--shard", "1/2", "--out", "out"],
        &["compare", "main.toml", "--variant", "apart", "--trials", "64", "--out", "out"],
        &["init", "new.toml"],
    ] {
        let (code, said) = typed_by_another(&program, &folder, arguments);
        assert_eq!(code, 4, "{arguments:?}: {said}");
        assert!(said.starts_with("error: ") && said.contains("ermission denied"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(names(&folder), before, "{arguments:?}");
    }
    allow(&folder, 0o755);
}
