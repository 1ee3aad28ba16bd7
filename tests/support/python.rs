//! A Python to open exports with, where there is one.

use std::process::Command;

/// The Python of `DETENTE_PYTHON`, or `python3`, if it has these modules; says so if not.
pub fn python_with(modules: &str) -> Option<String> {
    let python = std::env::var("DETENTE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    if has.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    eprintln!("skipped: {python} has no {modules}; name one that has with DETENTE_PYTHON");
    None
}
