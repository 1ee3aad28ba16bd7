//! The numbers of the Correlates of War project for states, and codes for states that are no more.
//!
//! A number stands for the ISO 3166 alpha-3 code of the state that bears it today, so 345 is `SRB`
//! and 365 is `RUS`, whatever they were called before. A state that has no successor under its
//! number has the project's own abbreviation, such as 300 `AUH`. There are three exceptions:
//!
//! - 315, Czechoslovakia, is `CSK` as in ISO 3166-3: its abbreviation `CZE` is another state today.
//! - 730, Korea until 1905, is `KOR` like 732: the two never existed at once.
//! - `YUG` may be written for Yugoslavia, beside `SRB`, though 345 is `SRB`.

use crate::model::ids::StateCode;

/// All members of the state system: number and code, in the order of the numbers.
#[rustfmt::skip]
const STATES: [(u32, &str); 217] = [
    // The Americas
    (2, "USA"), (20, "CAN"), (31, "BHS"), (40, "CUB"), (41, "HTI"), (42, "DOM"), (51, "JAM"),
    (52, "TTO"), (53, "BRB"), (54, "DMA"), (55, "GRD"), (56, "LCA"), (57, "VCT"), (58, "ATG"),
    (60, "KNA"), (70, "MEX"), (80, "BLZ"), (90, "GTM"), (91, "HND"), (92, "SLV"), (93, "NIC"),
    (94, "CRI"), (95, "PAN"), (100, "COL"), (101, "VEN"), (110, "GUY"), (115, "SUR"),
    (130, "ECU"), (135, "PER"), (140, "BRA"), (145, "BOL"), (150, "PRY"), (155, "CHL"),
    (160, "ARG"), (165, "URY"),
    // Europe
    (200, "GBR"), (205, "IRL"), (210, "NLD"), (211, "BEL"), (212, "LUX"), (220, "FRA"),
    (221, "MCO"), (223, "LIE"), (225, "CHE"), (230, "ESP"), (232, "AND"), (235, "PRT"),
    (240, "HAN"), (245, "BAV"), (255, "DEU"), (260, "GFR"), (265, "GDR"), (267, "BAD"),
    (269, "SAX"), (271, "WRT"), (273, "HSE"), (275, "HSG"), (280, "MEC"), (290, "POL"),
    (300, "AUH"), (305, "AUT"), (310, "HUN"), (315, "CSK"), (316, "CZE"), (317, "SVK"),
    (325, "ITA"), (327, "PAP"), (329, "SIC"), (331, "SMR"), (332, "MOD"), (335, "PMA"),
    (337, "TUS"), (338, "MLT"), (339, "ALB"), (341, "MNE"), (343, "MKD"), (344, "HRV"),
    (345, "SRB"), (346, "BIH"), (347, "XKX"), (349, "SVN"), (350, "GRC"), (352, "CYP"),
    (355, "BGR"), (359, "MDA"), (360, "ROU"), (365, "RUS"), (366, "EST"), (367, "LVA"),
    (368, "LTU"), (369, "UKR"), (370, "BLR"), (371, "ARM"), (372, "GEO"), (373, "AZE"),
    (375, "FIN"), (380, "SWE"), (385, "NOR"), (390, "DNK"), (395, "ISL"),
    // Africa
    (402, "CPV"), (403, "STP"), (404, "GNB"), (411, "GNQ"), (420, "GMB"), (432, "MLI"),
    (433, "SEN"), (434, "BEN"), (435, "MRT"), (436, "NER"), (437, "CIV"), (438, "GIN"),
    (439, "BFA"), (450, "LBR"), (451, "SLE"), (452, "GHA"), (461, "TGO"), (471, "CMR"),
    (475, "NGA"), (481, "GAB"), (482, "CAF"), (483, "TCD"), (484, "COG"), (490, "COD"),
    (500, "UGA"), (501, "KEN"), (510, "TZA"), (511, "ZAN"), (516, "BDI"), (517, "RWA"),
    (520, "SOM"), (522, "DJI"), (530, "ETH"), (531, "ERI"), (540, "AGO"), (541, "MOZ"),
    (551, "ZMB"), (552, "ZWE"), (553, "MWI"), (560, "ZAF"), (565, "NAM"), (570, "LSO"),
    (571, "BWA"), (572, "SWZ"), (580, "MDG"), (581, "COM"), (590, "MUS"), (591, "SYC"),
    // The Middle East
    (600, "MAR"), (615, "DZA"), (616, "TUN"), (620, "LBY"), (625, "SDN"), (626, "SSD"),
    (630, "IRN"), (640, "TUR"), (645, "IRQ"), (651, "EGY"), (652, "SYR"), (660, "LBN"),
    (663, "JOR"), (666, "ISR"), (670, "SAU"), (678, "YAR"), (679, "YEM"), (680, "YPR"),
    (690, "KWT"), (692, "BHR"), (694, "QAT"), (696, "ARE"), (698, "OMN"),
    // Asia
    (700, "AFG"), (701, "TKM"), (702, "TJK"), (703, "KGZ"), (704, "UZB"), (705, "KAZ"),
    (710, "CHN"), (712, "MNG"), (713, "TWN"), (730, "KOR"), (731, "PRK"), (732, "KOR"),
    (740, "JPN"), (750, "IND"), (760, "BTN"), (770, "PAK"), (771, "BGD"), (775, "MMR"),
    (780, "LKA"), (781, "MDV"), (790, "NPL"), (800, "THA"), (811, "KHM"), (812, "LAO"),
    (816, "VNM"), (817, "RVN"), (820, "MYS"), (830, "SGP"), (835, "BRN"), (840, "PHL"),
    (850, "IDN"), (860, "TLS"),
    // Oceania
    (900, "AUS"), (910, "PNG"), (920, "NZL"), (935, "VUT"), (940, "SLB"), (946, "KIR"),
    (947, "TUV"), (950, "FJI"), (955, "TON"), (970, "NRU"), (983, "MHL"), (986, "PLW"),
    (987, "FSM"), (990, "WSM"),
];

/// Codes of states that are no more, in alphabetical order.
#[rustfmt::skip]
const FORMER: [&str; 22] = [
    "AUH", "BAD", "BAV", "CSK", "GDR", "GFR", "HAN", "HSE", "HSG", "MEC", "MOD",
    "PAP", "PMA", "RVN", "SAX", "SIC", "TUS", "WRT", "YAR", "YPR", "YUG", "ZAN",
];

/// The code of the state of this number.
pub fn code_of(number: u32) -> Option<StateCode> {
    let at = STATES.binary_search_by_key(&number, |&(number, _)| number).ok()?;
    StateCode::new(STATES[at].1)
}

/// Whether this is the code of a state that is no more.
pub fn is_former(code: StateCode) -> bool {
    FORMER.binary_search(&code.as_str()).is_ok()
}

/// The codes of all states that are no more, in alphabetical order.
pub fn former_codes() -> impl Iterator<Item = &'static str> {
    FORMER.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::names::{iso_name, user_assigned};
    use std::collections::BTreeMap;

    fn code(text: &str) -> StateCode {
        StateCode::new(text).expect("three capital letters")
    }

    #[test]
    fn numbers_have_the_codes_of_today_or_their_own() {
        for (number, text) in [
            (2, "USA"),
            (255, "DEU"),
            (260, "GFR"),
            (300, "AUH"),
            (315, "CSK"),
            (316, "CZE"),
            (345, "SRB"),
            (347, "XKX"),
            (365, "RUS"),
            (511, "ZAN"),
            (730, "KOR"),
            (731, "PRK"),
            (732, "KOR"),
            (817, "RVN"),
            (990, "WSM"),
        ] {
            assert_eq!(code_of(number), Some(code(text)), "{number}");
        }
        for none in [0, 1, 3, 256, 999, u32::MAX] {
            assert_eq!(code_of(none), None, "{none}");
        }
    }

    #[test]
    fn the_tables_are_in_order_and_every_code_means_one_state() {
        assert!(STATES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(FORMER.is_sorted_by(|a, b| a < b));
        let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        STATES.iter().for_each(|&(number, text)| numbers.entry(text).or_default().push(number));
        let doubled: Vec<_> = numbers.iter().filter(|(_, numbers)| numbers.len() > 1).collect();
        assert_eq!(doubled, [(&"KOR", &vec![730, 732])]);
        for &text in numbers.keys() {
            let today = iso_name(code(text)).is_some() || user_assigned(code(text));
            assert!(today != is_former(code(text)), "{text}");
        }
        let unnumbered: Vec<_> =
            former_codes().filter(|text| !numbers.contains_key(text)).collect();
        assert_eq!(unnumbered, ["YUG"]);
    }

    /// Holds the table to the project's own list of members, where it is at hand: DETENTE_DATA is
    /// the folder with states.csv (ccode, abb, iso3 and more). Does nothing where it is not.
    #[test]
    fn the_table_is_that_of_the_project() {
        let Some(folder) = std::env::var_os("DETENTE_DATA") else {
            eprintln!("skipped: DETENTE_DATA does not name a folder with states.csv");
            return;
        };
        let path = std::path::Path::new(&folder).join("states.csv");
        let mut listed = BTreeMap::new();
        for row in csv::Reader::from_path(&path).expect("it can be read").records() {
            let row = row.expect("it is a table");
            let number: u32 = row[0].parse().expect("a number");
            listed.insert(number, (row[1].to_owned(), row[2].to_owned()));
        }
        assert!(listed.keys().copied().eq(STATES.iter().map(|&(number, _)| number)));
        for (number, (abbreviation, iso)) in &listed {
            let ours = code_of(*number).expect("it is in the table");
            let theirs = match number {
                315 => "CSK",
                _ if is_former(ours) => abbreviation,
                _ => iso,
            };
            assert_eq!(ours.as_str(), theirs, "{number}");
        }
    }
}
