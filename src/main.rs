//! The `detente` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    detente::cli::main()
}
