//! Which benefits come later when points move.

use super::impact::Impact;
use super::network::Network;
use super::point::Point;
use crate::model::{Benefit, Date, RecordId, Register, Target};

/// A benefit that comes later than planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateBenefit {
    /// The benefit.
    pub id: RecordId,
    /// What is gained.
    pub title: String,
    /// The point that it waits for.
    pub follows: Point,
    /// The day from which it was planned.
    pub planned: Date,
    /// Days by which it comes later.
    pub days: i64,
}

/// What a slip does to benefits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Benefits {
    /// Those that come later.
    pub late: Vec<LateBenefit>,
    /// Those of which it cannot be told: the point that they wait for moves, and their plan begins before that point
    /// or has no day.
    pub unclear: Vec<RecordId>,
}

/// What a slip does to benefits.
///
/// A benefit waits for the milestones of its project that it links to, else for the project's finish. It is planned
/// from its `from`, else from the first day of its plan. The days between that point and the plan take up the slip.
pub fn benefits(register: &Register, network: &Network<'_>, impact: &Impact) -> Benefits {
    let mut found = Benefits::default();
    for (id, benefit) in register.records::<Benefit>() {
        let planned = benefit.from.or_else(|| benefit.plan.iter().map(|point| point.date).min());
        let moved = |point: Point| impact.moves.iter().find(|moved| moved.point == point && moved.days > 0);
        // Of several points the one that comes last.
        let awaited = awaited(network, &id.home, benefit).into_iter().filter_map(moved);
        let Some(moved) = awaited.max_by_key(|moved| moved.after) else { continue };
        let slack = planned.zip(moved.before).map(|(planned, day)| planned.days_since(day));
        match (slack, planned) {
            (Some(slack), Some(planned)) if slack >= 0 => {
                let days = moved.days.saturating_sub(slack);
                if days > 0 {
                    let (title, follows) = (benefit.title.clone(), moved.point.clone());
                    found.late.push(LateBenefit { id, title, follows, planned, days });
                }
            }
            _ => found.unclear.push(id),
        }
    }
    found
}

/// The points that a benefit waits for.
fn awaited(network: &Network<'_>, home: &str, benefit: &Benefit) -> Vec<Point> {
    let linked = benefit.links.iter().filter_map(|link| match link.target(Some(home))? {
        Target::Milestone { project, id } if project == home => Some(Point::milestone(&project, &id)),
        _ => None,
    });
    let linked: Vec<Point> = linked.filter(|point| network.days(point).is_some()).collect();
    if linked.is_empty() { vec![Point::finish(home)] } else { linked }
}
