//! Every process there is, in the order in which a step runs them.

use crate::model::honour::Honour;
use crate::model::ids::ParameterId;
use crate::model::parameters::Parameter;
use crate::model::process::{About, Process};
use crate::model::processes::casus_foederis::CasusFoederisParameters;
use crate::model::processes::consultation::ConsultationParameters;
use crate::model::processes::war::WarParameters;
use crate::model::processes::{
    accession, alignment, arms, attack, balancing, casus_foederis, consultation, contact, crisis,
    decay, economic_agreement, isolation, league, lifting, non_aggression, pact, pact_end,
    partnership, ratification, sanction, war, warning, withdrawal,
};

/// A process before it has its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it is.
    pub about: &'static About,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Whether it runs unless a scenario says otherwise.
    pub usual: bool,
    /// Its source file: the header says mechanism, equation, units and source.
    file: &'static str,
    /// Makes it from the values of all processes' parameters.
    pub build: fn(&Choices) -> Box<dyn Process>,
}

/// Which processes are on, with which values.
#[derive(Clone, Debug)]
pub struct Choices {
    chosen: Vec<(bool, Vec<f64>)>,
}

impl Default for Choices {
    /// What every process is unless a scenario says otherwise.
    fn default() -> Self {
        let usual = |e: &Entry| (e.usual, e.parameters.iter().map(|p| p.default).collect());
        Self { chosen: PROCESSES.iter().map(usual).collect() }
    }
}

impl Choices {
    fn place(name: &str) -> usize {
        let place = PROCESSES.iter().position(|entry| entry.about.name == name);
        place.expect("processes ask for processes there are")
    }

    /// Switches a process and sets its values, in the order of its parameters.
    ///
    /// # Panics
    /// If there is no such process.
    pub fn set(&mut self, name: &str, on: bool, values: Vec<f64>) {
        self.chosen[Self::place(name)] = (on, values);
    }

    /// Sets one parameter.
    pub fn set_one(&mut self, parameter: ParameterId, value: f64) {
        self.chosen[parameter.process].1[parameter.place] = value;
    }

    fn on(&self, name: &str) -> bool {
        self.chosen[Self::place(name)].0
    }

    fn values(&self, name: &str) -> &[f64] {
        &self.chosen[Self::place(name)].1
    }

    /// The processes that are on, in the order in which a step runs them.
    pub fn build(&self) -> Vec<Box<dyn Process>> {
        let on = PROCESSES.iter().zip(&self.chosen).filter(|(_, (on, _))| *on);
        on.map(|(entry, _)| (entry.build)(self)).collect()
    }
}

/// How states keep their word, if they are asked to: `casus_foederis` with the chances of `war`.
fn honour(choices: &Choices) -> Honour {
    let victory = WarParameters::from_values(choices.values("war")).victory();
    CasusFoederisParameters::from_values(choices.values("casus_foederis")).honour(victory)
}

fn honour_if_on(choices: &Choices) -> Option<Honour> {
    choices.on("casus_foederis").then(|| honour(choices))
}

macro_rules! entry {
    ($module:ident, $parameters:ident, $build:expr) => {
        Entry {
            about: &$module::ABOUT,
            parameters: $module::$parameters::TABLE,
            usual: true,
            file: include_str!(concat!("processes/", stringify!($module), ".rs")),
            build: |choices| {
                let make: fn($module::$parameters, &Choices) -> _ = $build;
                let values = choices.values($module::ABOUT.name);
                Box::new(make($module::$parameters::from_values(values), choices))
            },
        }
    };
}

/// The processes a scenario can switch and tune. (Scheduled events are not among them: they are
/// what the scenario says, not how the world behaves.)
pub const PROCESSES: &[Entry] = &[
    entry!(alignment, AlignmentParameters, |p, _| alignment::Alignment::new(p)),
    entry!(pact, PactParameters, |p, _| pact::Pact::new(p)),
    entry!(consultation, ConsultationParameters, |p, _| consultation::Consultation::new(p)),
    entry!(non_aggression, NonAggressionParameters, |p, _| non_aggression::NonAggression::new(p)),
    entry!(partnership, PartnershipParameters, |p, choices| {
        let consultation = choices.values("consultation");
        partnership::Partnership::new(p, ConsultationParameters::from_values(consultation))
    }),
    entry!(economic_agreement, EconomicAgreementParameters, |p, _| {
        economic_agreement::EconomicAgreement::new(p)
    }),
    Entry { usual: false, ..entry!(league, LeagueParameters, |p, _| league::League::new(p)) },
    entry!(contact, ContactParameters, |p, _| contact::Contact::new(p)),
    entry!(ratification, RatificationParameters, |p, _| ratification::Ratification::new(p)),
    entry!(accession, AccessionParameters, |p, _| accession::Accession::new(p)),
    entry!(withdrawal, WithdrawalParameters, |p, _| withdrawal::Withdrawal::new(p)),
    entry!(pact_end, PactEndParameters, |p, _| pact_end::PactEnd::new(p)),
    entry!(sanction, SanctionParameters, |p, _| sanction::Sanction::new(p)),
    entry!(lifting, LiftingParameters, |p, _| lifting::Lifting::new(p)),
    entry!(warning, WarningParameters, |p, _| warning::Warning::new(p)),
    entry!(arms, ArmsParameters, |p, _| arms::Arms::new(p)),
    entry!(crisis, CrisisParameters, |p, choices| {
        crisis::Crisis::new(p, honour_if_on(choices))
    }),
    entry!(attack, AttackParameters, |p, choices| {
        attack::Attack::new(p, honour_if_on(choices))
    }),
    entry!(casus_foederis, CasusFoederisParameters, |_, choices| {
        casus_foederis::CasusFoederis::new(honour(choices))
    }),
    entry!(war, WarParameters, |p, _| war::War::new(p)),
    entry!(balancing, BalancingParameters, |p, _| balancing::Balancing::new(p)),
    entry!(isolation, IsolationParameters, |p, _| isolation::Isolation::new(p)),
    entry!(decay, DecayParameters, |p, _| decay::Decay::new(p)),
];

/// The processes that read the parameters of the process of this name, beside itself.
pub fn readers(name: &str) -> &'static [&'static str] {
    match name {
        "consultation" => &["partnership"],
        // Chances to win weigh on keeping one's word, and that on deterrence.
        "war" => &["casus_foederis"],
        _ => &[],
    }
}

/// The kinds of what the process of this name counts in `events.csv`, whether it is on or not.
pub fn kinds(name: &str) -> &'static [&'static str] {
    match name {
        "pact" => &["pact"],
        "consultation" => &["consultation"],
        "non_aggression" => &["non-aggression"],
        "partnership" => &["partnership"],
        "economic_agreement" => &["economic"],
        "league" => &["league-call", "league"],
        "contact" => &["contact"],
        "ratification" => &["in-force"],
        "accession" => &["accession"],
        "withdrawal" => &["withdrawal"],
        "pact_end" => &["pact-end"],
        "sanction" => &["sanction"],
        "lifting" => &["sanction-lifted", "concession"],
        "warning" => &["warning", "threat-due", "threat-carried-out", "threat-lapsed"],
        "arms" => &["arms", "arms-end", "arms-for-support"],
        "crisis" => &["dispute"],
        "attack" => &["attack"],
        "casus_foederis" => &["clause-honoured", "clause-broken", "clause-excused"],
        "war" => &["war-drawn", "war-won-by-attacker", "war-won-by-target"],
        _ => &[],
    }
}

/// The process that counts what happens of this kind.
pub fn of_kind(kind: &str) -> Option<&'static Entry> {
    PROCESSES.iter().find(|entry| kinds(entry.about.name).contains(&kind))
}

/// The process of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    PROCESSES.iter().find(|entry| entry.about.name == name)
}

/// The header of a process's file: mechanism, equation, units, source.
pub fn header(entry: &Entry) -> String {
    let lines = entry.file.lines().map_while(|line| line.strip_prefix("//!"));
    // The fences around an equation are for rendered documentation only.
    let text = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let text = text.filter(|line| !line.starts_with("```"));
    text.map(|line| format!("{line}\n")).collect()
}

impl ParameterId {
    /// The parameter of this name of the process of this name.
    pub fn of(process: &str, parameter: &str) -> Option<Self> {
        let entry = PROCESSES.iter().position(|entry| entry.about.name == process)?;
        let place = PROCESSES[entry].parameters.iter().position(|p| p.name == parameter)?;
        Some(Self { process: entry, place })
    }

    /// The parameter with what is known of it.
    pub fn parameter(self) -> &'static Parameter {
        &PROCESSES[self.process].parameters[self.place]
    }

    /// Its full key: `crisis.delta`.
    pub fn key(self) -> String {
        format!("{}.{}", PROCESSES[self.process].about.name, self.parameter().name)
    }
}

/// The parameters of a process as a Markdown table.
pub fn table(entry: &Entry) -> String {
    let mut text = "| parameter | default | unit | range | evidence | meaning |\n\
                    | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for p in entry.parameters {
        text += &format!(
            "| `{}` | {} | {} | {} to {} | {} | {} |\n",
            p.name, p.default, p.unit, p.min, p.max, p.mark, p.meaning
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_header_has_an_equation_and_a_source() {
        for entry in PROCESSES {
            let header = header(entry);
            assert!(header.contains(&format!("`{}`", entry.about.name)), "{header}");
            assert!(header.contains(" = ") || header.contains("<-"), "{header}");
            assert!(header.contains("Source: "), "{header}");
        }
    }

    #[test]
    fn names_and_tags_are_unique_and_defaults_in_range() {
        let names: BTreeSet<_> = PROCESSES.iter().map(|e| e.about.name).collect();
        let tags: BTreeSet<_> = PROCESSES.iter().map(|e| e.about.tag).collect();
        assert_eq!((names.len(), tags.len()), (PROCESSES.len(), PROCESSES.len()));
        for parameter in PROCESSES.iter().flat_map(|e| e.parameters) {
            assert!((parameter.min..=parameter.max).contains(&parameter.default), "{parameter:?}");
        }
    }
}
