//! Tests of `tables.rs`.

use super::*;
use crate::analysis::{
    cascades, events, first_dates, measures, network, outcomes, story_lines, summary, timeline,
    variance,
};
use jiff::civil::date;

fn header<R: Serialize>(row: &R) -> Vec<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.serialize(row).unwrap();
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    text.lines().next().unwrap().split(',').map(str::to_owned).collect()
}

fn names(columns: &[Column]) -> Vec<String> {
    columns.iter().map(|(name, ..)| (*name).to_owned()).collect()
}

#[test]
fn columns_are_the_fields_of_the_rows() {
    let (day, text) = (date(2024, 6, 19), String::new());
    let summary = summary::Row {
        metric: "isolation".to_owned(),
        subject: text.clone(),
        date: day,
        n: 1,
        mean: 0.0,
        sd: 0.0,
        q05: 0.0,
        q25: 0.0,
        q50: 0.0,
        q75: 0.0,
        q95: 0.0,
    };
    assert_eq!(header(&summary), names(SUMMARY));
    let outcome = outcomes::Row {
        outcome: text.clone(),
        title: text.clone(),
        n: 1,
        yes: 0,
        probability: 0.0,
        low: 0.0,
        high: 0.0,
        failed: 0,
        first_q05: None,
        first_q50: None,
        first_q95: None,
        scripted: 0.0,
    };
    assert_eq!(header(&outcome), names(OUTCOMES));
    let measure = measures::Row {
        outcome: text.clone(),
        title: text.clone(),
        n: 1,
        missing: 0,
        mean: None,
        se: None,
        sd: None,
        least: None,
        q05: None,
        q25: None,
        q50: None,
        q75: None,
        q95: None,
        greatest: None,
        failed: 0,
    };
    assert_eq!(header(&measure), names(MEASURES));
    let first = first_dates::Row {
        outcome: text.clone(),
        date: day,
        n: 1,
        probability: 0.0,
        low: 0.0,
        high: 0.0,
    };
    assert_eq!(header(&first), names(FIRST_DATES));
    let event = events::Row {
        kind: "pact".to_owned(),
        subject: text,
        n: 1,
        trials: 0,
        probability: 0.0,
        low: 0.0,
        high: 0.0,
        mean_count: 0.0,
        first_q05: None,
        first_q50: None,
        first_q95: None,
    };
    assert_eq!(header(&event), names(EVENTS));
    let occurrences = timeline::Row {
        kind: String::new(),
        subject: String::new(),
        date: day,
        scheduled: true,
        n: 1,
        count: 1,
        mean: 1.0,
        se: None,
        trials: 1,
        probability: 1.0,
        low: 0.0,
        high: 1.0,
    };
    assert_eq!(header(&occurrences), names(TIMELINE));
    let entry = cascades::Row {
        role: String::new(),
        state: String::new(),
        beside: None,
        against: String::new(),
        reason: String::new(),
        n: 1,
        trials: 1,
        count: 1,
        probability: 1.0,
        low: 0.0,
        high: 1.0,
        first_q05: None,
        first_q50: None,
        first_q95: None,
    };
    assert_eq!(header(&entry), names(CASCADES));
    let line = story_lines::Row {
        rank: 1,
        story_line: String::new(),
        n: 1,
        trials: 1,
        probability: 1.0,
        low: 0.0,
        high: 1.0,
        trial: 0,
        date_1: None,
        sd_1: None,
        date_2: None,
        sd_2: None,
        date_3: None,
        sd_3: None,
        date_4: None,
        sd_4: None,
        date_5: None,
        sd_5: None,
        date_6: None,
        sd_6: None,
    };
    assert_eq!(header(&line), names(STORY_LINES));
    let relation = network::Row {
        date: day,
        relation: String::new(),
        from: String::new(),
        to: String::new(),
        n: 1,
        trials: 1,
        probability: 1.0,
        low: 0.0,
        high: 1.0,
    };
    assert_eq!(header(&relation), names(NETWORK));
    let variance = variance::Row {
        metric: "outcome".to_owned(),
        subject: String::new(),
        date: None,
        pairs: 1,
        variance: None,
        numbers: None,
        chance: None,
        share: None,
        low: None,
        high: None,
    };
    assert_eq!(header(&variance), names(VARIANCE));
    let (block, first_trial, trials, sha256) = (0, 0, 64, String::new());
    assert_eq!(header(&blocks::Row { block, first_trial, trials, sha256 }), names(BLOCKS));
}
