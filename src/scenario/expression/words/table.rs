//! The table.

use super::{Function, How, Kind, Wanted, What, Word};

const fn wanted(name: &'static str, shown: &'static str, what: What, how: How) -> Wanted {
    Wanted { name, shown, what, how }
}

const S: Wanted = wanted("s", "S", What::State, How::Needed);
const ANY_T: Wanted = wanted("t", "T", What::State, How::Optional);
const T: Wanted = wanted("t", "T", What::State, How::Needed);
const OBLIGATION: Wanted = wanted("obligation", "OBLIGATION", What::Obligation, How::Needed);
const BY: Wanted = wanted("by", "S", What::State, How::Keyword);
const TYPE: Wanted = wanted("type", "TYPE", What::SanctionType, How::Keyword);
const TREATY: Wanted = wanted("treaty", "'TREATY'", What::Treaty, How::Needed);
const SANCTION: Wanted = wanted("sanction", "'SANCTION'", What::Sanction, How::Needed);
const WAR: Wanted = wanted("war", "'WAR'", What::War, How::Needed);
const EVENT: Wanted = wanted("event", "'EVENT'", What::Event, How::Needed);
const TRUTH: Wanted = wanted("truth", "TRUTH", What::Truth, How::Needed);
const TRUTH_OF_EACH: Wanted = wanted("truth", "s: TRUTH", What::TruthOfEach, How::Needed);
const NUMBER_OF_EACH: Wanted = wanted("number", "s: NUMBER", What::NumberOfEach, How::Needed);
const A: Wanted = wanted("a", "A", What::Number, How::Needed);
const B: Wanted = wanted("b", "B", What::Number, How::Needed);
const KIND: Wanted = wanted("kind", "'KIND'", What::Happening, How::Needed);
const SUBJECT: Wanted = wanted("subject", "'SUBJECT'", What::Subject, How::Optional);

/// Every function, truths first.
pub const WORDS: [Word; 34] = [
    Word {
        name: "at_war",
        function: Function::AtWar,
        arguments: &[S, ANY_T],
        gives: Kind::Truth,
        meaning: "S and T fight each other in a war; without T, S fights in any war.",
        example: "at_war(RUS, UKR)",
    },
    Word {
        name: "bound",
        function: Function::Bound,
        arguments: &[S, T, OBLIGATION],
        gives: Kind::Truth,
        meaning: "A treaty in force binds S and T to the obligation, in either direction.",
        example: "bound(RUS, PRK, defence)",
    },
    Word {
        name: "owes",
        function: Function::Owes,
        arguments: &[S, T, OBLIGATION],
        gives: Kind::Truth,
        meaning: "A treaty in force makes S owe the obligation to T.",
        example: "owes(USA, KOR, defence)",
    },
    Word {
        name: "pledged",
        function: Function::Pledged,
        arguments: &[S, T, OBLIGATION],
        gives: Kind::Truth,
        meaning: "A treaty that is signed, in force or not, binds S and T to the obligation, in either direction.",
        example: "pledged(RUS, PRK, consultation)",
    },
    Word {
        name: "sanctioned",
        function: Function::Sanctioned,
        arguments: &[T, BY, TYPE],
        gives: Kind::Truth,
        meaning: "Somebody sanctions T; with `by`, S does; with `type`, by this type of measure.",
        example: "sanctioned(PRK, by = USA, type = arms)",
    },
    Word {
        name: "warned",
        function: Function::Warned,
        arguments: &[T, BY],
        gives: Kind::Truth,
        meaning: "A warning to T stands; with `by`, one of S.",
        example: "warned(PRK, by = KOR)",
    },
    Word {
        name: "supplied",
        function: Function::Supplied,
        arguments: &[T, BY],
        gives: Kind::Truth,
        meaning: "Arms are being delivered to T; with `by`, by S.",
        example: "supplied(RUS, by = PRK)",
    },
    Word {
        name: "contiguous",
        function: Function::Contiguous,
        arguments: &[S, T],
        gives: Kind::Truth,
        meaning: "S and T have a common border, or at most 400 miles of sea between them.",
        example: "contiguous(RUS, PRK)",
    },
    Word {
        name: "signed",
        function: Function::Signed,
        arguments: &[TREATY],
        gives: Kind::Truth,
        meaning: "The treaty is signed, in force or not.",
        example: "signed('treaty-2024')",
    },
    Word {
        name: "in_force",
        function: Function::InForce,
        arguments: &[TREATY],
        gives: Kind::Truth,
        meaning: "The treaty is in force.",
        example: "in_force('treaty-2024')",
    },
    Word {
        name: "member",
        function: Function::Member,
        arguments: &[S, TREATY],
        gives: Kind::Truth,
        meaning: "S is a member of the treaty, which is signed or in force.",
        example: "member(PRK, 'treaty-2024')",
    },
    Word {
        name: "sanction_on",
        function: Function::SanctionOn,
        arguments: &[SANCTION],
        gives: Kind::Truth,
        meaning: "At least one sender of the sanction entry sanctions one of its targets.",
        example: "sanction_on('arms-embargo')",
    },
    Word {
        name: "war_on",
        function: Function::WarOn,
        arguments: &[WAR],
        gives: Kind::Truth,
        meaning: "The war is being fought.",
        example: "war_on('invasion')",
    },
    Word {
        name: "fired",
        function: Function::Fired,
        arguments: &[EVENT],
        gives: Kind::Truth,
        meaning: "The event has happened in this trial, at least once.",
        example: "fired('visit')",
    },
    Word {
        name: "ever",
        function: Function::Ever,
        arguments: &[TRUTH],
        gives: Kind::Truth,
        meaning: "The truth has held at some moment of this trial so far.",
        example: "ever(at_war(RUS, UKR))",
    },
    Word {
        name: "any",
        function: Function::Any,
        arguments: &[TRUTH_OF_EACH],
        gives: Kind::Truth,
        meaning: "The truth holds for at least one state, which is called s in it.",
        example: "any(s: at_war(s, USA))",
    },
    Word {
        name: "all",
        function: Function::All,
        arguments: &[TRUTH_OF_EACH],
        gives: Kind::Truth,
        meaning: "The truth holds for every state, which is called s in it.",
        example: "all(s: s == USA or not sanctioned(s, by = USA))",
    },
    Word {
        name: "isolation",
        function: Function::Isolation,
        arguments: &[S],
        gives: Kind::Number,
        meaning: "The isolation of S, from 0 (connected) to 1 (isolated).",
        example: "isolation(PRK) < 0.6",
    },
    Word {
        name: "capability",
        function: Function::Capability,
        arguments: &[S],
        gives: Kind::Number,
        meaning: "The share of the world's means that S has, with the arms that are being delivered to it.",
        example: "capability(RUS) > 2 * capability(UKR)",
    },
    Word {
        name: "alignment",
        function: Function::Alignment,
        arguments: &[S, T],
        gives: Kind::Number,
        meaning: "How close the foreign policies of S and T are, from -1 (opposed) to 1 (aligned).",
        example: "alignment(PRK, RUS) >= 0.5",
    },
    Word {
        name: "grievance",
        function: Function::Grievance,
        arguments: &[S, T],
        gives: Kind::Number,
        meaning: "The weight of recent disputes between S and T, 0 or more.",
        example: "grievance(USA, PRK) > 1.5",
    },
    Word {
        name: "tension",
        function: Function::Tension,
        arguments: &[S, T],
        gives: Kind::Number,
        meaning: "Grievance turned into a number between 0 and 1.",
        example: "tension(USA, PRK) > 0.8",
    },
    Word {
        name: "distance",
        function: Function::Distance,
        arguments: &[S, T],
        gives: Kind::Number,
        meaning: "The least distance between the borders of S and T (km).",
        example: "distance(KOR, PRK) < 100",
    },
    Word {
        name: "count",
        function: Function::Count,
        arguments: &[TRUTH_OF_EACH],
        gives: Kind::Number,
        meaning: "For how many states the truth holds; each is called s in it.",
        example: "count(s: sanctioned(RUS, by = s)) >= 2",
    },
    Word {
        name: "sum",
        function: Function::Sum,
        arguments: &[NUMBER_OF_EACH],
        gives: Kind::Number,
        meaning: "The sum of the number over all states.",
        example: "sum(s: capability(s)) > 0.4",
    },
    Word {
        name: "mean",
        function: Function::Mean,
        arguments: &[NUMBER_OF_EACH],
        gives: Kind::Number,
        meaning: "The mean of the number over all states.",
        example: "mean(s: isolation(s)) > isolation(PRK)",
    },
    Word {
        name: "highest",
        function: Function::Highest,
        arguments: &[NUMBER_OF_EACH],
        gives: Kind::Number,
        meaning: "The highest value of the number among all states.",
        example: "highest(s: tension(s, RUS)) > 0.9",
    },
    Word {
        name: "lowest",
        function: Function::Lowest,
        arguments: &[NUMBER_OF_EACH],
        gives: Kind::Number,
        meaning: "The lowest value of the number among all states.",
        example: "lowest(s: alignment(s, USA)) < -0.8",
    },
    Word {
        name: "max",
        function: Function::Max,
        arguments: &[A, B],
        gives: Kind::Number,
        meaning: "The greater of two numbers.",
        example: "max(isolation(PRK), isolation(RUS)) < 0.5",
    },
    Word {
        name: "min",
        function: Function::Min,
        arguments: &[A, B],
        gives: Kind::Number,
        meaning: "The lesser of two numbers.",
        example: "min(alignment(PRK, RUS), alignment(PRK, CHN)) > 0",
    },
    Word {
        name: "abs",
        function: Function::Abs,
        arguments: &[A],
        gives: Kind::Number,
        meaning: "The number without its sign.",
        example: "abs(alignment(PRK, RUS) - alignment(PRK, CHN)) < 0.1",
    },
    Word {
        name: "since",
        function: Function::Since,
        arguments: &[TRUTH],
        gives: Kind::Number,
        meaning: "Years since the truth last came to hold; no comparison with it holds if it never has.",
        example: "since(in_force('treaty-2024')) > 2",
    },
    Word {
        name: "times",
        function: Function::Times,
        arguments: &[KIND, SUBJECT],
        gives: Kind::Number,
        meaning: "How often something of this kind, a row of events.csv, has happened in this trial; with SUBJECT, to that one.",
        example: "times('dispute', 'RUS>UKR') >= 3",
    },
    Word {
        name: "today",
        function: Function::Today,
        arguments: &[],
        gives: Kind::Date,
        meaning: "The day on which the expression is looked at.",
        example: "today >= 2024-06-19",
    },
];
