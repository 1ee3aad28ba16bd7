//! The program as a user types it.

use std::path::Path;

use assert_cmd::Command;

/// What a command has said.
pub struct Typed {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Types a command in a folder.
pub fn typed(folder: &Path, arguments: &[&str]) -> Typed {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("detente"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    Typed {
        code: output.status.code().expect("it exits"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
