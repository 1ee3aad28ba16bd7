//! Tables in CSV beside a scenario.

use std::collections::BTreeMap;

use detente::scenario::{Folder, LoadError, Wanted, read};

use super::Outcome;
use super::toml::outcome;

/// What stands before each of the tables in an input.
const MARK: &str = "=== ";

const MAIN: &str = r#"
title = "tables"
[run]
start = 2000-01-01
end = 2001-01-01
[states]
table = "states.csv"
[dyads]
table = "dyads.csv"
default = { distance_km = 1000 }
[treaties]
table = "treaties.csv"
[sanctions]
table = "sanctions.csv"
"#;

/// Tables to begin with.
pub fn seeds() -> Vec<String> {
    let tables = [
        (
            "states",
            "code,capability,isolation,ideal_point,name,source\n\
             KOR,0.02,0.3,1.0,South Korea,\n731,0.01,0.66,-1.5,\"Korea, North\",\"a \"\"quote\"\"\"\n\
             USA,0.12,\"normal(0.3, 0.01)\",2.1,,\n",
        ),
        (
            "dyads",
            "dyad,distance_km,grievance,contiguous\r\nPRK-KOR,0,2.5,true\r\nKOR-USA,8000,,\r\n",
        ),
        (
            "treaties",
            "name,members,obligations,signed,articles.defence,conditional\n\
             alliance,USA KOR,defence consultation,1953-10-01,article 3,false\n",
        ),
        (
            "sanctions",
            "name,senders,targets,types,since\nmeasures,\"USA;KOR\",PRK,trade; arms,1999-10-14\n",
        ),
    ];
    let whole: String = tables.iter().map(|(name, text)| format!("{MARK}{name}\n{text}")).collect();
    let bare = "=== states\ncode,capability,isolation,ideal_point\nXAA,0.1,0.1,0\nXBB,0.1,0.2,1\n\
                === dyads\ndyad\n=== treaties\nname\n=== sanctions\nname\n";
    vec![whole, bare.to_owned()]
}

/// Reads a scenario whose tables the input has.
pub fn run(text: &str) -> Outcome {
    let mut files = BTreeMap::new();
    for part in text.split(MARK).skip(1) {
        let (name, table) = part.split_once('\n').unwrap_or((part, ""));
        files.insert(format!("{}.csv", name.trim()), table.to_owned());
    }
    let folder = Folder::of_texts("main.toml", files);
    let loaded: Result<_, LoadError> = read("main.toml", MAIN, &folder, Wanted::default());
    outcome(loaded.map(|loaded| loaded.setup))
}
