//! `detente man`: pages for `man`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man as Page;

use crate::cli::{Arguments, Failure};
use crate::output::file;

/// Print the manual page, or write one for each command.
///
/// Without --out, the main page goes to standard output. With it, DIR gets detente.1 and a page for
/// each command, such as detente-run.1; pages that stand there already are replaced.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente man | man -l -\n  detente man --out ~/.local/share/man/man1"
)]
pub struct Man {
    /// Where to write the pages of all commands.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let mut command = Arguments::command().disable_help_subcommand(true);
        command.build();
        let Some(folder) = &self.out else {
            io::stdout().lock().write_all(&page(&command)?.1)?;
            return Ok(());
        };
        // All of them first, so that nothing is written if one cannot be made.
        let mut pages = Vec::new();
        collect(&command, &mut pages)?;
        for (name, text) in &pages {
            file::write(&folder.join(name), text, true)?;
        }
        writeln!(io::stdout().lock(), "{}: {} pages", folder.display(), pages.len())?;
        Ok(())
    }
}

/// The pages of a command and of those below it.
fn collect(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    pages.push(page(command)?);
    command.get_subcommands().try_for_each(|below| collect(below, pages))
}

/// The name and text of a command's page.
fn page(command: &Command) -> io::Result<(String, Vec<u8>)> {
    let source = concat!("detente ", env!("CARGO_PKG_VERSION"));
    let page = Page::new(command.clone()).source(source).manual("detente");
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok((page.get_filename(), text))
}
