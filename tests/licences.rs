//! Every dependency may be used under a licence that goes with MIT OR Apache-2.0.

use std::process::Command;

use serde_json::Value;

/// Permissive licences, and the one of fonts.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "0BSD",
];

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("the program starts");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("it prints text")
}

/// Whether an expression such as `(MIT OR Apache-2.0) AND ISC` can be met with allowed licences.
/// Nested parentheses do not occur and are refused.
fn allowed(expression: &str) -> bool {
    let parts = expression.replace('/', " OR ");
    let parts: Vec<&str> = parts.split(" AND ").collect();
    parts.iter().all(|part| {
        let part = part.trim().trim_start_matches('(').trim_end_matches(')');
        !part.contains(['(', ')']) && part.split(" OR ").any(|name| ALLOWED.contains(&name.trim()))
    })
}

#[test]
fn licences_of_all_dependencies_are_allowed() {
    let version = output("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let mut arguments = vec![
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--offline",
        "--filter-platform",
        host,
    ];
    // Those of this build: what other features need may not be on this machine.
    if cfg!(feature = "parquet") {
        arguments.extend(["--features", "parquet"]);
    }
    if cfg!(feature = "mpi") {
        arguments.extend(["--features", "mpi"]);
    }
    let metadata = output(env!("CARGO"), &arguments);
    let metadata: Value = serde_json::from_str(&metadata).expect("it is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "the dependencies were found");
    let refused: Vec<_> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(allowed))
        .map(|package| format!("{} ({})", package["name"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn expressions_are_read_as_they_are_meant() {
    for good in ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(allowed(good), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "", "(MIT OR ISC) AND (GPL-2.0 OR LGPL-2.1)"] {
        assert!(!allowed(bad), "{bad}");
    }
}
