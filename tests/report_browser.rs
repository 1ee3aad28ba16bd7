//! The report as a browser shows it: Chromium without a window, skipped with a message where there is
//! none.

#[path = "support/browser.rs"]
mod browser;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/typed.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use browser::{Browser, Look, Seen, WIDE};
use program::typed;
use resvg::tiny_skia::Pixmap;
use serde_json::Value;

const PROBE: &str = include_str!("support/report_probe.js");

/// A folder with the reports of small results, by name.
fn reports() -> (tempfile::TempDir, Vec<(&'static str, PathBuf)>) {
    let home = tempfile::tempdir().expect("a directory for the test");
    let here = std::env::current_dir().expect("there is one");
    let shipped = |name: &str| here.join("scenarios").join(name).display().to_string();
    let file = home.path().join("hostile.toml");
    fs::write(&file, hostile::SCENARIO).expect("it can be written");
    let flagship = shipped("russia-north-korea-2024.toml");
    let mut all = Vec::new();
    for (name, command, more) in [
        ("flagship", "run", vec![flagship.clone(), "--trials".into(), "64".into()]),
        ("classroom", "run", vec![shipped("classroom.toml"), "--trials".into(), "300".into()]),
        (
            "uncertain",
            "run",
            vec![
                shipped("july-1914.toml"),
                "--variant".into(),
                "honour-unknown".into(),
                "--trials".into(),
                "128".into(),
            ],
        ),
        ("nato", "run", vec![shipped("nato-accession-2022.toml"), "--trials".into(), "64".into()]),
        ("hostile", "run", vec![file.display().to_string(), "--trials".into(), "64".into()]),
        (
            "compared",
            "compare",
            vec![flagship, "--variant".into(), "no-pact".into(), "--trials".into(), "64".into()],
        ),
    ] {
        let mut words = vec![command, "--out", name];
        words.extend(more.iter().map(String::as_str));
        let done = typed(home.path(), &words);
        assert_eq!(done.code, 0, "{name}: {}", done.err);
        assert!(done.out.contains("report.html"), "{name}: {}", done.out);
        all.push((name, home.path().join(name).join("report.html")));
    }
    (home, all)
}

/// A copy of a report with the probe in it, in a frame of a width, as a page that shows what the probe
/// says. Without its own script it is what a reader without scripts sees.
fn probed(report: &Path, width: u32, scripts: bool) -> PathBuf {
    let text = fs::read_to_string(report).expect("there is a report");
    let (before, rest) = text.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    let (body, script, end) = parts(rest);
    let script = if scripts { script } else { "" };
    let copy = report.with_file_name(format!("copy-{width}-{scripts}.html"));
    fs::write(
        &copy,
        format!("{before}{body}<script>{script}</script><script>{PROBE}</script>{end}"),
    )
    .expect("it can be written");
    let frame = report.with_file_name(format!("frame-{width}-{scripts}.html"));
    let name = copy.file_name().unwrap().to_string_lossy();
    fs::write(
        &frame,
        format!(
            "<!DOCTYPE html><body style='margin:0'><pre id=said></pre><script>\
             onmessage = e => {{ document.getElementById('said').textContent = e.data }}</script>\
             <iframe src='{name}' style='width:{width}px;height:900px;border:0'></iframe>"
        ),
    )
    .expect("it can be written");
    frame
}

/// A page before its script, the script, and what comes after it.
fn parts(page: &str) -> (&str, &str, &str) {
    let (body, rest) = page.rsplit_once("<script>").expect("it has its script");
    let (script, end) = rest.rsplit_once("</script>").unwrap();
    (body, script, end)
}

/// A copy of a report without its script: what a reader sees who runs none. A browser that is told to run
/// none takes no pictures either.
fn without_script(report: &Path) -> PathBuf {
    let text = fs::read_to_string(report).expect("there is a report");
    let (body, _, end) = parts(&text);
    let copy = report.with_file_name("without-script.html");
    fs::write(&copy, format!("{body}{end}")).expect("it can be written");
    copy
}

/// What the probe said.
fn said(seen: &Seen) -> Value {
    let (_, rest) = seen.dom.split_once("<pre id=\"said\">").expect("the frame is there");
    let (text, _) = rest.split_once("</pre>").unwrap();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text} {:?}", seen.console))
}

/// Nothing is loaded, nothing fails, and what a scenario says stays text.
#[test]
fn a_report_as_it_stands_asks_for_nothing_and_complains_of_nothing() {
    let Some(browser) = Browser::find() else { return };
    let (home, reports) = reports();
    for (name, report) in &reports {
        for dark in [false, true] {
            let seen = browser.see(Look { dark, ..WIDE }, report);
            assert_eq!(seen.console, Vec::<String>::new(), "{name}");
            assert_eq!(seen.requests, Vec::<String>::new(), "{name}");
            assert!(seen.dom.contains("class=\"scripted\""), "{name}: its own script runs");
        }
    }
    // The same look does see what there is to see.
    let page = home.path().join("guilty.html");
    fs::write(&page, "<script>console.error('x'); fetch('http://example.invalid/y')</script>")
        .unwrap();
    let seen = browser.see(WIDE, &page);
    assert!(seen.console.iter().any(|line| line.contains("\"x\"")), "{:?}", seen.console);
    assert_eq!(seen.requests, ["http://example.invalid/y"]);
    // And the policy holds against words that were not escaped.
    let (_, report) = reports.iter().find(|(name, _)| *name == "hostile").unwrap();
    let text = fs::read_to_string(report).unwrap();
    fs::write(
        &page,
        text.replace(
            "<main ",
            "<img src=http://example.invalid/z><script>document.title = 'taken'</script><main ",
        ),
    )
    .unwrap();
    let seen = browser.see(WIDE, &page);
    assert!(seen.console.len() >= 2, "both are refused: {:?}", seen.console);
    assert!(!seen.dom.contains("<title>taken") && seen.requests.is_empty(), "{:?}", seen.requests);
}

#[test]
fn a_report_reads_well_at_any_width_in_light_and_dark_with_scripts_and_without() {
    let Some(browser) = Browser::find() else { return };
    let (_home, reports) = reports();
    let mut found = Vec::new();
    for (name, report) in &reports {
        for width in [360, 400, 768, 1280, 1400] {
            // What the fifth report is for is its network; scripts change nothing that depends on the width.
            if *name == "nato" && ![400, 1280].contains(&width) {
                continue;
            }
            for scripts in if [400, 1280].contains(&width) { &[true, false][..] } else { &[true] } {
                let scripts = *scripts;
                let dark = width % 100 == 0;
                let frame = probed(report, width, scripts);
                let said = said(&browser.see(Look { dark, size: (1500, 1000) }, &frame));
                let what = format!("{name}, {width} px, dark {dark}, scripts {scripts}");
                for wrong in said["wrong"].as_array().expect("a list") {
                    found.push(format!("{what}: {wrong}"));
                }
                if said["texts"].is_null() {
                    continue;
                }
                assert_eq!(said["dark"], dark, "{what}");
                assert_eq!(said["width"], width, "{what}");
                assert!(said["texts"].as_u64() > Some(200), "{what}: {said}");
                assert!(said["read"].as_u64() > Some(8), "{what}: {said}");
                let lines = if *name == "compared" { 0 } else { 8 };
                assert!(said["lines"].as_u64() >= Some(lines), "{what}: {said}");
                // The map of alignment, of which two summaries have too few pairs, and the network.
                let slider = match (*name, scripts) {
                    ("compared", _) => "none",
                    ("nato" | "uncertain", true) => "moves",
                    ("nato" | "uncertain", false) => "hidden, 2 sides",
                    (_, true) => "moves; moves",
                    (_, false) => "hidden, 2 sides; hidden, 2 sides",
                };
                assert_eq!(said["slider"], slider, "{what}");
                let some = |count: &Value| count.as_u64() > Some(0);
                assert_eq!(some(&said["sorted"]), scripts, "{what}: {said}");
                assert_eq!(some(&said["filtered"]), scripts, "{what}: {said}");
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The probe finds what is wrong in a page that is.
#[test]
fn the_probe_can_fail() {
    let Some(browser) = Browser::find() else { return };
    let (_home, reports) = reports();
    let (_, report) = reports.iter().find(|(name, _)| *name == "classroom").unwrap();
    let text = fs::read_to_string(report).unwrap();
    let narrow = ["@media screen and (max-width: 43rem)", "@media screen and (max-width: 3rem)"];
    let faint = [".network .line {", ".network .line { stroke-opacity: 0.45;"];
    for (from, to, complaint) in [
        (narrow[0], narrow[1], "out of sight"),
        (narrow[0], narrow[1], "is wider than its frame"),
        (faint[0], faint[1], "a line has a contrast of"),
        ("class=\"lead\"", "class=\"lead\" style=\"color:#aaa\"", "contrast"),
        ("class=\"lead\"", "class=\"lead\" style=\"white-space:nowrap\"", "text leaves its box"),
        ("class=\"lead\"", "class=\"lead\" style=\"margin-bottom:-2.25rem\"", "texts overlap"),
        ("<h3", "<h5", "a heading skips a level"),
        (" role=\"img\"", "", "a drawing without a text alternative"),
        ("<caption", "<caption hidden", "a table without a caption"),
        ("values=\"", "values=\"9", "the slider"),
        ("return up ? order : -order;", "return 0;", "not sorted"),
        ("row.hidden = !", "row.hidden = ", "the filter"),
    ] {
        let (from, to) = match from {
            "<h3" => ("<h2 id=\"finding\"", "<h4 id=\"finding\""),
            "<caption" => (
                "<caption id=\"table-outcomes\">Outcomes that are yes or no<",
                "<caption id=\"table-outcomes\"><",
            ),
            from => (from, to),
        };
        assert!(text.contains(from), "{from}");
        let bad = report.with_file_name("bad.html");
        fs::write(&bad, text.replace(from, to)).unwrap();
        let width = if from == narrow[0] { 400 } else { 1280 };
        let said =
            said(&browser.see(Look { size: (1500, 1000), ..WIDE }, &probed(&bad, width, true)));
        assert!(said["wrong"].to_string().contains(complaint), "{from}: {said}");
    }
}

/// How many colours there are in a picture, up to some.
fn colours(png: &[u8]) -> usize {
    let picture = Pixmap::decode_png(png).expect("it is a picture");
    let mut found = std::collections::BTreeSet::new();
    for pixel in picture.pixels() {
        found.insert((pixel.red(), pixel.green(), pixel.blue()));
    }
    found.len()
}

/// Without scripts in the browser, and as pictures and on paper, there is something to be seen.
#[test]
fn a_report_is_drawn_and_printed_with_scripts_and_without() {
    let Some(browser) = Browser::find() else { return };
    let (home, reports) = reports();
    let blank = home.path().join("blank.html");
    fs::write(&blank, "<!DOCTYPE html><title>blank</title>").unwrap();
    assert!(colours(&browser.picture(WIDE, &blank)) < 3);
    for (name, report) in reports.iter().filter(|(name, _)| *name != "nato") {
        for page in [report.clone(), without_script(report)] {
            let of = page.display();
            for (dark, size) in [(false, (1280, 5000)), (true, (500, 5000))] {
                let picture = browser.picture(Look { size, dark }, &page);
                let colours = colours(&picture);
                assert!(colours > 100, "{of}, dark {dark}: {colours} colours");
            }
            let pdf = browser.printed(WIDE, &page);
            assert!(pdf.starts_with(b"%PDF-"), "{name}");
            let pages = pdf.windows(11).filter(|word| word == b"/Type /Page").count();
            assert!(pages > 3, "{name}: {pages} pages");
        }
    }
}

/// Every chart of a report paints something of its own.
#[test]
fn no_chart_is_blank() {
    let Some(browser) = Browser::find() else { return };
    let (home, reports) = reports();
    // The others have charts of the same kinds.
    for (name, report) in
        reports.iter().filter(|(name, _)| ["classroom", "compared"].contains(name))
    {
        let text = fs::read_to_string(report).unwrap();
        let style = text.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let drawings: Vec<_> = text.split("<svg ").skip(1).collect();
        assert!(drawings.len() >= 3, "{name}");
        for (n, drawing) in drawings.iter().enumerate() {
            let drawing = drawing.split("</svg>").next().unwrap();
            let page = home.path().join("drawing.html");
            let class = match drawing {
                drawing if drawing.contains("class=\"cell") => "map",
                drawing if drawing.contains("class=\"link") => "network",
                _ => "chart",
            };
            fs::write(&page, format!("<!DOCTYPE html><style>{style}</style><figure class={class}><svg {drawing}</svg>")).unwrap();
            let colours = colours(&browser.picture(WIDE, &page));
            assert!(colours > 20, "{name}, drawing {n}: {colours} colours");
        }
    }
}
