//! GraphML: the network of a scenario on a date, for Gephi, networkx, igraph and whatever else reads it.
//!
//! A file has edges of one kind, directed or not. The format allows both in one graph, but networkx
//! refuses such a file, and igraph has no such graphs.

use std::io;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::analysis::network::Row;
use crate::engine::record::relations::{self, Ends, RELATIONS};
use crate::scenario::setup::Setup;

/// The namespace of GraphML.
const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// What nodes and edges say of themselves: name, of what, and type. Tools take `label` and `weight`
/// for what they show.
const KEYS: [(&str, &str, &str); 9] = [
    ("label", "node", "string"),
    ("relation", "edge", "string"),
    ("date", "edge", "string"),
    ("n", "edge", "long"),
    ("trials", "edge", "long"),
    ("probability", "edge", "double"),
    ("low", "edge", "double"),
    ("high", "edge", "double"),
    ("weight", "edge", "double"),
];

/// Whether the edges of a file have a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// They have none: treaties and wars.
    Undirected,
    /// From who sanctions or supplies to the other.
    Directed,
}

impl Direction {
    /// Both, in the order of their relations.
    pub const ALL: [Self; 2] = [Self::Undirected, Self::Directed];

    /// What GraphML calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Undirected => "undirected",
            Self::Directed => "directed",
        }
    }

    /// Whether a relation has this direction.
    pub fn has(self, relation: &str) -> bool {
        let mutual = |&(name, ends): &(&str, Ends)| name == relation && ends == Ends::Mutual;
        RELATIONS.iter().any(mutual) == (self == Self::Undirected)
    }
}

/// The names of all relations, each once.
pub fn relations() -> Vec<&'static str> {
    let mut names: Vec<_> = RELATIONS.iter().map(|&(name, _)| name).collect();
    names.dedup();
    names
}

/// The dates on which the relations of a scenario are kept, in order.
pub fn dates(setup: &Setup) -> Vec<Date> {
    let steps = relations::dates(setup.frame.timeline.steps());
    steps.into_iter().map(|step| setup.calendar.dates()[step]).collect()
}

/// The file of a network on a date: every state of the scenario, and an edge for each of `rows`, which
/// are of that date and direction.
///
/// # Errors
/// If it cannot be written, which in memory it always can.
pub fn file<'a>(
    setup: &Setup,
    date: Date,
    direction: Direction,
    rows: impl Iterator<Item = &'a Row>,
) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let whole = writer.create_element("graphml").with_attribute(("xmlns", NAMESPACE));
    whole.write_inner_content(|writer| {
        keys(writer)?;
        let id = format!("network-{date}-{}", direction.name());
        let graph = writer.create_element("graph");
        let graph = graph.with_attributes([("id", &*id), ("edgedefault", direction.name())]);
        graph.write_inner_content(|writer| {
            let about = format!("{}. Relations on {date}. Seed {}.", setup.heading(), setup.seed);
            writer.create_element("desc").write_text_content(BytesText::new(&about))?;
            nodes(writer, setup)?;
            rows.into_iter().try_for_each(|row| edge(writer, row))
        })?;
        Ok(())
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn keys(writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    for (name, of, kind) in KEYS {
        let key = writer.create_element("key");
        key.with_attributes([("id", name), ("for", of), ("attr.name", name), ("attr.type", kind)])
            .write_empty()?;
    }
    Ok(())
}

fn nodes(writer: &mut Writer<Vec<u8>>, setup: &Setup) -> io::Result<()> {
    for (code, name) in setup.frame.codes.iter().zip(&setup.frame.names) {
        let node = writer.create_element("node").with_attribute(("id", &*code.to_string()));
        node.write_inner_content(|writer| data(writer, "label", name))?;
    }
    Ok(())
}

fn edge(writer: &mut Writer<Vec<u8>>, row: &Row) -> io::Result<()> {
    let Row { date, relation, from, to, n, trials, probability, low, high } = row;
    // By what it is, so that the two files of a date can be joined.
    let id = format!("{relation}.{from}.{to}");
    let edge = writer.create_element("edge");
    let edge = edge.with_attributes([("id", &*id), ("source", from), ("target", to)]);
    edge.write_inner_content(|writer| {
        data(writer, "relation", relation)?;
        data(writer, "date", &date.to_string())?;
        data(writer, "n", &n.to_string())?;
        data(writer, "trials", &trials.to_string())?;
        for (key, number) in
            [("probability", probability), ("low", low), ("high", high), ("weight", probability)]
        {
            data(writer, key, &number.to_string())?;
        }
        Ok(())
    })?;
    Ok(())
}

fn data(writer: &mut Writer<Vec<u8>>, key: &str, value: &str) -> io::Result<()> {
    let data = writer.create_element("data").with_attribute(("key", key));
    data.write_text_content(BytesText::new(value)).map(drop)
}
