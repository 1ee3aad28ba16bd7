//! The pictures of docs/gallery.md are those that the program draws, and every chart is among them.
//!
//! `DETENTE_BLESS=1 cargo test --test gallery` draws them anew.

#[path = "support/typed.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use program::typed;

const PICTURES: &str = "docs/images/gallery";

/// The names of the pictures in a result, without their ending.
fn drawn(charts: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(charts).unwrap().map(|file| file.unwrap().path());
    let pictures = files.filter(|file| file.extension().is_some_and(|kind| kind == "svg"));
    pictures.map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn hold(charts: &Path) {
    for name in drawn(charts) {
        let now = fs::read(charts.join(format!("{name}.svg"))).unwrap();
        let path = Path::new(PICTURES).join(format!("{name}.svg"));
        if std::env::var_os("DETENTE_BLESS").is_some() {
            fs::create_dir_all(PICTURES).unwrap();
            fs::write(&path, now).unwrap();
            continue;
        }
        let kept = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(kept == now, "{} is not what is drawn now", path.display());
    }
}

#[test]
fn the_gallery_shows_every_chart_as_it_is_drawn() {
    let home = tempfile::tempdir().unwrap();
    let flagship = Path::new(env!("CARGO_MANIFEST_DIR"));
    let flagship = flagship.join("scenarios/russia-north-korea-2024.toml");
    let flagship = flagship.to_string_lossy();
    let run = typed(home.path(), &["run", &flagship, "--trials", "400", "--out", "run"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let typing = ["compare", &flagship, "--variant", "no-pact", "--trials", "400", "--out", "two"];
    let compared = typed(home.path(), &typing);
    assert_eq!((compared.code, compared.err.as_str()), (0, ""));
    let charts = ["run", "two"].map(|result| home.path().join(result).join("charts"));
    charts.iter().for_each(|charts| hold(charts));

    let page = fs::read_to_string("docs/gallery.md").unwrap();
    let all: BTreeSet<_> = charts.iter().flat_map(|charts| drawn(charts)).collect();
    for name in &all {
        assert!(page.contains(&format!("### `{name}`\n")), "{name} has its section");
        assert!(page.contains(&format!("({}/{name}.svg)", "images/gallery")), "{name} is shown");
    }
    assert_eq!(drawn(Path::new(PICTURES)), all, "no picture is left over");
}
