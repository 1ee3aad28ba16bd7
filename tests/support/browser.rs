//! A Chromium without a window, if there is one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Names a Chromium goes by.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// How long a page may take.
const MOST: Duration = Duration::from_secs(120);

/// A browser.
pub struct Browser {
    program: PathBuf,
}

/// How a page is looked at.
#[derive(Clone, Copy)]
pub struct Look {
    /// The window's size.
    pub size: (u32, u32),
    /// Whether the user prefers dark.
    pub dark: bool,
}

/// A window as most have it.
pub const WIDE: Look = Look { size: (1280, 1000), dark: false };

/// What came of looking at a page.
pub struct Seen {
    /// The page after its scripts have run.
    pub dom: String,
    /// What was said on the console.
    pub console: Vec<String>,
    /// What the page asked the network for.
    pub requests: Vec<String>,
}

impl Browser {
    /// The one that `DETENTE_CHROMIUM` names, or one in the path; none, with a message, if there is none.
    pub fn find() -> Option<Self> {
        if let Some(program) = env::var_os("DETENTE_CHROMIUM") {
            let program = PathBuf::from(program);
            assert!(program.is_file(), "DETENTE_CHROMIUM names {}", program.display());
            return Some(Self { program });
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<_> = env::split_paths(&path).collect();
        let all = NAMES.iter().flat_map(|name| folders.iter().map(move |f| f.join(name)));
        let found = all.into_iter().find(|program| program.is_file());
        if found.is_none() {
            eprintln!("skipped: no Chromium in PATH, and DETENTE_CHROMIUM names none");
        }
        found.map(|program| Self { program })
    }

    /// Runs it to its end.
    fn run(
        &self,
        look: Look,
        more: &[String],
        page: &Path,
    ) -> (Output, PathBuf, tempfile::TempDir) {
        let home = tempfile::tempdir().expect("a directory for the browser");
        let log = home.path().join("net.json");
        let (width, height) = look.size;
        let scheme = if look.dark { 0 } else { 1 };
        let mut command = Command::new(&self.program);
        command
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
            ])
            .args(["--disable-background-networking", "--disable-component-update"])
            .args(["--disable-sync", "--hide-scrollbars", "--enable-logging=stderr"])
            .arg(format!("--user-data-dir={}", home.path().join("user").display()))
            .arg(format!("--log-net-log={}", log.display()))
            .arg(format!("--window-size={width},{height}"))
            .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
            .args(more)
            .arg(format!("file://{}", page.display()));
        (ended(command), log, home)
    }

    /// Opens a page and gives what has become of it.
    pub fn see(&self, look: Look, page: &Path) -> Seen {
        let more = ["--virtual-time-budget=5000", "--dump-dom"].map(str::to_owned);
        let (output, log, _home) = self.run(look, &more, page);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let console = text(&output.stderr)
            .lines()
            .filter(|line| line.contains(":CONSOLE:"))
            .map(str::to_owned)
            .collect();
        Seen { dom: text(&output.stdout), console, requests: requests(&log) }
    }

    /// A picture of a page, as PNG.
    pub fn picture(&self, look: Look, page: &Path) -> Vec<u8> {
        self.file("screenshot", "page.png", look, page)
    }

    /// A page as PDF.
    pub fn printed(&self, look: Look, page: &Path) -> Vec<u8> {
        self.file("print-to-pdf", "page.pdf", look, page)
    }

    fn file(&self, how: &str, name: &str, look: Look, page: &Path) -> Vec<u8> {
        let home = tempfile::tempdir().expect("a directory for the file");
        let file = home.path().join(name);
        let more = [format!("--{how}={}", file.display()), "--no-pdf-header-footer".to_owned()];
        let (output, ..) = self.run(look, &more, page);
        fs::read(&file).unwrap_or_else(|error| {
            panic!("{how}: {error}: {}", String::from_utf8_lossy(&output.stderr))
        })
    }
}

/// Waits for a command, but not for ever.
fn ended(mut command: Command) -> Output {
    let out = tempfile::tempfile().expect("a file for what it prints");
    let err = tempfile::tempfile().expect("a file for what it complains of");
    let again = |file: &fs::File| file.try_clone().expect("it is open");
    command.stdin(Stdio::null()).stdout(again(&out)).stderr(again(&err));
    let mut child = command.spawn().expect("the browser starts");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        if started.elapsed() > MOST {
            child.kill().expect("it can be ended");
            panic!("the browser did not end in {MOST:?}");
        }
        sleep(Duration::from_millis(20));
    };
    Output { status, stdout: all(out), stderr: all(err) }
}

fn all(mut file: fs::File) -> Vec<u8> {
    use std::io::{Read, Seek};
    let mut bytes = Vec::new();
    file.rewind().and_then(|()| file.read_to_end(&mut bytes)).expect("it can be read");
    bytes
}

/// The addresses that a page asked for. Those that the browser asks for by itself have no origin.
fn requests(log: &Path) -> Vec<String> {
    let log: Value = serde_json::from_slice(&fs::read(log).expect("there is a log")).expect("JSON");
    let events = log["events"].as_array().expect("events");
    let of_page = |event: &&Value| {
        event["params"]["initiator"].as_str().is_some_and(|origin| origin != "not an origin")
    };
    let address = |event: &Value| Some(event["params"]["url"].as_str()?.to_owned());
    events.iter().filter(of_page).filter_map(address).collect()
}
