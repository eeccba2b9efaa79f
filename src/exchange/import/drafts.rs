//! Drafts of an export: files with something left to be filled in, which come back as they went.

use crate::exchange::table::{Raw, Table};
use crate::load::read_record;
use crate::model::{Kind, RecordId};

use super::claim::{Claim, Claimed, Claims, Taken};
use super::proposal::{Added, Proposal};
use super::propose::{Desk, shown};
use super::rows::Refusal;

/// Proposes the files of a table of drafts; what is there already is never replaced.
pub fn propose(table: &Table, desk: &dyn Desk) -> Proposal {
    let mut proposal = Proposal { rows: table.rows.len(), ..Proposal::default() };
    let (Some(path), Some(text)) = (table.column("path"), table.column("text")) else {
        let reason = "a table of drafts has the columns `path` and `text`".to_owned();
        let help = Some("`pmo export` writes it".to_owned());
        proposal.refused.push(Refusal { row: 0, column: None, reason, help });
        return proposal;
    };
    let mut claims = Claims::default();
    for row in &table.rows {
        let cell = |column: usize| row.cells.get(column).map(Raw::shown).unwrap_or_default();
        let refused = |column: usize, reason: String, help: &str| Refusal {
            row: row.at,
            column: Some(column),
            reason,
            help: Some(help.to_owned()),
        };
        let (place, said) = (cell(path), cell(text));
        let Some((id, kind)) =
            RecordId::at_path(&place).and_then(|id| Some((id.clone(), Kind::named(id.kind)?)))
        else {
            let reason = format!("`{}` is no file of a record", shown(&place));
            proposal.refused.push(refused(path, reason, "such as projects/crm/risks/R-003.toml"));
            continue;
        };
        let claimed =
            Claimed { claim: Claim::Id(id.clone()), said: id.to_string(), by: "id", column: Some(path) };
        let taken = Taken { own: vec![claimed], name: None };
        let twice = claims.refusal(&taken, row.at, table);
        claims.take_all(taken, row.at);
        if let Some(twice) = twice {
            proposal.refused.push(twice);
            continue;
        }
        match desk.text(&place) {
            Some(known) if known == said => {
                proposal.same += 1;
                proposal.known.push(place);
                continue;
            }
            Some(_) => {
                let reason = format!("{id} is there already, and says something else");
                let help = "a draft replaces nothing: leave the row out, or mend the file by hand";
                proposal.refused.push(refused(path, reason, help));
                continue;
            }
            None => {}
        }
        let mistakes = read_record(kind, said.as_bytes()).mistakes;
        if !mistakes.is_empty() {
            let told = mistakes.into_iter().map(|mistake| Refusal {
                row: row.at,
                column: Some(text),
                reason: mistake.message,
                help: mistake.help,
            });
            proposal.refused.extend(told);
            continue;
        }
        proposal.row_of.insert(place.clone(), row.at);
        proposal.plan.create(place, said);
        let (title, fields) = ("something is left to be filled in".to_owned(), Vec::new());
        proposal.added.push(Added { row: row.at, id: id.to_string(), title, fields });
    }
    proposal
}
