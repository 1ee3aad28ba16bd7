//! A scenario whose words would do something in a page that did not escape them, and are long.

/// The scenario.
pub const SCENARIO: &str = r#"
title = "<script>alert(1)</script> & 'it' \"said\" </title></style>"
question = "<img src=http://example.invalid/x onerror=alert(2)> Pneumonoultramicroscopicsilicovolcanoconiosis-Donaudampfschifffahrtsgesellschaft?"
[run]
start = 2000-01-01
end = 2003-01-01
[states]
XAA = { name = "<b>The Democratic People's Federated Commonwealth of Somewhere</b>", capability = 0.02, isolation = 0.5, ideal_point = 1 }
XBB = { name = "</svg><script>alert(3)</script>", capability = 0.01, isolation = 0.4, ideal_point = -1, note = "<script>alert(4)</script>" }
XCC = { name = "Else", capability = 0.01, isolation = 0.4, ideal_point = -0.5 }
[dyads]
default = { distance_km = 10 }
[events.'<i onclick=alert(5)>event</i>']
rate = 2
actions = [{ contact = "XAA-XBB" }]
source = "http://example.invalid/<script>"
[outcomes.ever]
title = "</table><script>alert(6)</script> and a very long title that goes on and on until nobody reads"
ever = "alignment(XAA, XBB) > 0"
[outcomes.number]
title = "<u>number</u>"
value = "alignment(XAA, XBB)"
at = "end"
[outcomes.never]
ever = "alignment(XAA, XBB) > 0.99"
"#;
