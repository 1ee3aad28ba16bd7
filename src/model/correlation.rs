//! Uncertain numbers that go together: the Gaussian copula.
//!
//! Independent uniform numbers become standard normal ones, these are mixed by the Cholesky factor L
//! of the correlation matrix, and become uniform numbers again: u' = Phi(L Phi^-1(u)). Whatever
//! distributions are drawn with them keep their own form; their rank correlation is
//! 6/pi asin(r/2) for an entry r.

use crate::model::draws::{HALF_A_DRAW, shares};
use crate::model::math::normal;

/// How far an entry may be from its mirror image.
const SYMMETRIC: f64 = 1e-12;

/// A variable of which less than this variance is left by those before it is as good as determined.
const DETERMINED: f64 = 1e-9;

/// A group of variables with the correlations between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// The lower triangle of the Cholesky factor, row after row.
    factor: Vec<f64>,
    members: usize,
}

/// Why something is no matrix of correlations. Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}; {}", self.rule(), self.found())]
pub enum CorrelationError {
    /// There are fewer than two variables.
    TooFew(usize),
    /// A row has not as many entries as there are rows.
    NotSquare {
        /// Which row.
        row: usize,
        /// How many entries it has.
        entries: usize,
        /// How many it needs.
        needed: usize,
    },
    /// An entry is not between -1 and 1.
    OutOfRange {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
        /// The entry.
        found: f64,
    },
    /// An entry of the diagonal is not 1.
    Diagonal {
        /// Its row and column.
        at: usize,
        /// The entry.
        found: f64,
    },
    /// Two entries for the same two variables differ.
    Asymmetric {
        /// The row of the lower entry.
        row: usize,
        /// Its column.
        column: usize,
        /// The lower entry.
        lower: f64,
        /// The upper entry.
        upper: f64,
    },
    /// A common correlation is too low for so many variables, or not below 1.
    Common {
        /// How many variables.
        members: usize,
        /// The correlation.
        found: f64,
    },
    /// No variables are correlated like this.
    Impossible {
        /// The first variable that contradicts those before it.
        at: usize,
    },
    /// A variable would follow from the ones before it.
    Determined {
        /// Which.
        at: usize,
    },
}

impl CorrelationError {
    /// What must hold.
    pub fn rule(&self) -> String {
        match self {
            Self::TooFew(_) => "a correlation needs at least two members".to_owned(),
            Self::NotSquare { .. } => {
                "a matrix of correlations needs a row and a column for every member".to_owned()
            }
            Self::OutOfRange { .. } => "a correlation must lie between -1 and 1".to_owned(),
            Self::Diagonal { .. } => "the correlation of a member with itself is 1".to_owned(),
            Self::Asymmetric { .. } => {
                "two members have one correlation, whichever is named first".to_owned()
            }
            Self::Common { members: 2, .. } => {
                "the correlation of two members must lie above -1 and below 1".to_owned()
            }
            Self::Common { members, .. } => {
                let others = members - 1;
                format!(
                    "the common correlation of {members} members must lie above -1/{others} and below 1"
                )
            }
            Self::Impossible { .. } => {
                "there must be variables that are correlated like this".to_owned()
            }
            Self::Determined { .. } => "no member may follow from the others".to_owned(),
        }
    }

    /// What stands there. Rows and columns count from 1 here.
    pub fn found(&self) -> String {
        match self {
            Self::TooFew(members) => format!("it has {members}"),
            Self::NotSquare { row, entries, needed } => {
                format!("row {} has {entries} of {needed} entries", row + 1)
            }
            Self::OutOfRange { row, column, found } => {
                format!("row {}, column {} is {found}", row + 1, column + 1)
            }
            Self::Diagonal { at, found } => {
                format!("row {n}, column {n} is {found}", n = at + 1)
            }
            Self::Asymmetric { row, column, lower, upper } => {
                let (row, column) = (row + 1, column + 1);
                format!(
                    "row {row}, column {column} is {lower}, but row {column}, column {row} is {upper}"
                )
            }
            Self::Common { found, .. } => format!("it is {found}"),
            Self::Impossible { at } => {
                format!("no such variables exist: row {} contradicts those before it", at + 1)
            }
            Self::Determined { at } => {
                format!("that of row {} would follow from those before it", at + 1)
            }
        }
    }
}

impl Correlation {
    /// The variables of this matrix, row after row.
    ///
    /// # Errors
    /// Unless the matrix is square for two or more members, symmetric, with 1 on the diagonal,
    /// entries from -1 to 1, and positive definite.
    pub fn new(rows: &[Vec<f64>]) -> Result<Self, CorrelationError> {
        let members = rows.len();
        if members < 2 {
            return Err(CorrelationError::TooFew(members));
        }
        for (row, entries) in rows.iter().enumerate() {
            if entries.len() != members {
                let entries = entries.len();
                return Err(CorrelationError::NotSquare { row, entries, needed: members });
            }
        }
        for row in 0..members {
            checked_row(rows, row)?;
        }
        Ok(Self { factor: cholesky(members, |row, column| rows[row][column])?, members })
    }

    /// Variables any two of which have this correlation.
    ///
    /// # Errors
    /// Unless there are two or more and the correlation is above -1 / (members - 1) and below 1.
    pub fn common(members: usize, correlation: f64) -> Result<Self, CorrelationError> {
        if members < 2 {
            return Err(CorrelationError::TooFew(members));
        }
        let least = -1.0 / (members - 1) as f64;
        let refused = || CorrelationError::Common { members, found: correlation };
        if !(correlation > least && correlation < 1.0) {
            return Err(refused());
        }
        let entry = |row, column| if row == column { 1.0 } else { correlation };
        // What rounding makes of a correlation just inside of its bounds counts as outside.
        Ok(Self { factor: cholesky(members, entry).map_err(|_| refused())?, members })
    }

    /// How many variables there are.
    pub fn members(&self) -> usize {
        self.members
    }

    /// The correlation of two variables.
    pub fn between(&self, a: usize, b: usize) -> f64 {
        let (first, second) = (row_of(&self.factor, a.min(b)), row_of(&self.factor, a.max(b)));
        first.iter().zip(second).map(|(x, y)| x * y).sum()
    }

    /// Makes as many correlated uniform numbers of independent ones.
    ///
    /// A variable without correlation to those before it keeps its number to the bit.
    pub fn correlate(&self, independent: &[f64], out: &mut [f64]) {
        debug_assert!(independent.len() == self.members && out.len() == self.members);
        for (out, &u) in out.iter_mut().zip(independent) {
            let (below, above) = shares(u);
            *out = normal::quantile(below, above);
        }
        // From the last to the first: each needs the normal numbers of those before it.
        for row in (0..self.members).rev() {
            let weights = row_of(&self.factor, row);
            let (own, others) = weights.split_at(row);
            if own.iter().all(|&weight| weight == 0.0) {
                out[row] = independent[row];
                continue;
            }
            let mixed = own.iter().zip(&*out).map(|(weight, z)| weight * z).sum::<f64>();
            let (below, _) = normal::tails(mixed + others[0] * out[row]);
            out[row] = below.min(1.0 - 2.0 * HALF_A_DRAW);
        }
    }
}

fn checked_row(rows: &[Vec<f64>], row: usize) -> Result<(), CorrelationError> {
    for (column, &found) in rows[row].iter().enumerate() {
        if !(-1.0..=1.0).contains(&found) {
            return Err(CorrelationError::OutOfRange { row, column, found });
        }
        let upper = rows[column][row];
        if column < row && (found - upper).abs() > SYMMETRIC {
            return Err(CorrelationError::Asymmetric { row, column, lower: found, upper });
        }
    }
    match rows[row][row] {
        1.0 => Ok(()),
        found => Err(CorrelationError::Diagonal { at: row, found }),
    }
}

/// The row of a lower triangle up to the diagonal.
fn row_of(triangle: &[f64], row: usize) -> &[f64] {
    let start = row * (row + 1) / 2;
    &triangle[start..=start + row]
}

/// The lower triangle L with L L' the matrix of these entries.
fn cholesky(
    members: usize,
    entry: impl Fn(usize, usize) -> f64,
) -> Result<Vec<f64>, CorrelationError> {
    let mut factor = Vec::with_capacity(members * (members + 1) / 2);
    for row in 0..members {
        for column in 0..row {
            let (done, other) = (&factor[row * (row + 1) / 2..], row_of(&factor, column));
            let known: f64 = done.iter().zip(other).map(|(a, b)| a * b).sum();
            factor.push((entry(row, column) - known) / other[column]);
        }
        let known: f64 = factor[row * (row + 1) / 2..].iter().map(|a| a * a).sum();
        let left = entry(row, row) - known;
        if left < -DETERMINED {
            return Err(CorrelationError::Impossible { at: row });
        }
        if left < DETERMINED {
            return Err(CorrelationError::Determined { at: row });
        }
        factor.push(left.sqrt());
    }
    Ok(factor)
}
