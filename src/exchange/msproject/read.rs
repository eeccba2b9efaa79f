//! The file, event by event: tasks, resources and assignments, and of each only what is used.
//!
//! Element names are those of the Project XML Data Interchange schema (MSPDI). No document type is read, so that no
//! entity can be declared; sizes, depth and numbers of things are limited.

use super::plan::{Assignment, Baseline, Plan, Resource, Task};
use super::said::Said;
use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep elements may stand in each other; the format needs six.
const DEEPEST: usize = 64;
/// How many tasks, resources or assignments a file may have.
const MOST: usize = 200_000;
/// How long the text of one element may be.
const LONGEST: usize = 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is no XML, or not all of it is there.
    #[error("byte {at}: the file is no XML that can be read: {why}")]
    NoXml {
        /// Where.
        at: u64,
        /// Why.
        why: String,
    },
    /// It declares a document type.
    #[error(
        "byte {0}: the file declares a document type (<!DOCTYPE …>), which Microsoft Project does not write"
    )]
    DocumentType(u64),
    /// It is XML of another sort.
    #[error("the file is no Microsoft Project XML: it begins with <{0}> and not with <Project>")]
    OtherRoot(String),
    /// It names an entity that no XML has.
    #[error("byte {at}: the entity &{name}; is none of XML's own")]
    Entity {
        /// Where.
        at: u64,
        /// Its name.
        name: String,
    },
    /// It is larger than anything that people plan.
    #[error("byte {at}: {what}")]
    TooMuch {
        /// Where.
        at: u64,
        /// Of what there is too much.
        what: &'static str,
    },
    /// A value is not what it must be.
    #[error("byte {at}: <{element}> is `{value}`, and not {wanted}")]
    Value {
        /// Where.
        at: u64,
        /// The element.
        element: &'static str,
        /// The value.
        value: String,
        /// What it must be.
        wanted: &'static str,
    },
}

/// The text of a file, by its byte order mark; UTF-8 without one.
///
/// # Errors
/// It is neither UTF-8 nor UTF-16.
pub fn decoded(bytes: &[u8]) -> Result<String, ReadError> {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    let (text, _, is_broken) = encoding.decode(bytes);
    if is_broken {
        let why = "it is neither UTF-8 nor UTF-16".to_owned();
        return Err(ReadError::NoXml { at: 0, why });
    }
    Ok(text.into_owned())
}

/// Reads a file.
///
/// # Errors
/// It is no such file, or larger than anything that people plan.
pub fn read(text: &str) -> Result<Plan, ReadError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut reading = Reading::default();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| ReadError::NoXml { at, why: error.to_string() })?;
        match event {
            Event::DocType(_) => return Err(ReadError::DocumentType(at)),
            Event::Start(start) => reading.open(start.local_name().as_ref(), at)?,
            Event::Empty(empty) => {
                reading.open(empty.local_name().as_ref(), at)?;
                reading.close(at)?;
            }
            Event::Text(words) => reading.say(&words.xml10_content(), at)?,
            Event::CData(words) => reading.say(&words.xml10_content(), at)?,
            Event::GeneralRef(entity) => reading.say(&signs(&entity, at)?, at)?,
            Event::End(_) => reading.close(at)?,
            Event::Eof if reading.path.is_empty() && reading.is_begun => return Ok(reading.plan),
            Event::Eof => {
                let why = if reading.is_begun { "it ends too early" } else { "there is no element in it" };
                return Err(ReadError::NoXml { at, why: why.to_owned() });
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
}

/// What an entity stands for.
fn signs(entity: &quick_xml::events::BytesRef<'_>, at: u64) -> Result<String, ReadError> {
    let name: &str = entity;
    let unknown = || ReadError::Entity { at, name: crate::text::cut(name, 40).into_owned() };
    if let Some(sign) = entity.resolve_char_ref().map_err(|_| unknown())? {
        return Ok(sign.to_string());
    }
    let sign = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(unknown()),
    };
    Ok(sign.to_owned())
}

/// How far the reader has come.
#[derive(Default)]
struct Reading {
    path: Vec<String>,
    text: String,
    is_begun: bool,
    plan: Plan,
}

impl Reading {
    fn open(&mut self, name: &str, at: u64) -> Result<(), ReadError> {
        if self.path.is_empty() && name != "Project" {
            return Err(ReadError::OtherRoot(crate::text::cut(name, 40).into_owned()));
        }
        if self.path.len() >= DEEPEST {
            return Err(ReadError::TooMuch { at, what: "elements stand more than 64 deep in each other" });
        }
        self.is_begun = true;
        self.path.push(name.to_owned());
        self.text.clear();
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let plan = &mut self.plan;
        match path.as_slice() {
            ["Project", "Tasks", "Task"] => plan.tasks.push(Task::default()),
            ["Project", "Resources", "Resource"] => plan.resources.push(Resource::default()),
            ["Project", "Assignments", "Assignment"] => plan.assignments.push(Assignment::default()),
            ["Project", "Tasks", "Task", "Baseline"] => {
                if let Some(task) = plan.tasks.last_mut() {
                    task.baselines.push(Baseline::default());
                }
            }
            _ => return Ok(()),
        }
        let baselines = plan.tasks.last().map_or(0, |task| task.baselines.len());
        let most = [plan.tasks.len(), plan.resources.len(), plan.assignments.len(), baselines];
        match most.into_iter().any(|count| count > MOST) {
            true => Err(ReadError::TooMuch { at, what: "more than 200,000 tasks, resources or assignments" }),
            false => Ok(()),
        }
    }

    fn say(&mut self, words: &str, at: u64) -> Result<(), ReadError> {
        if self.text.len() + words.len() > LONGEST {
            return Err(ReadError::TooMuch { at, what: "the text of one element is longer than a megabyte" });
        }
        self.text.push_str(words);
        Ok(())
    }

    fn close(&mut self, at: u64) -> Result<(), ReadError> {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let said = Said { text, at };
        match path.as_slice() {
            ["Project", name] => said.of_project(name, &mut self.plan)?,
            ["Project", "Tasks", "Task", name] => {
                self.plan.tasks.last_mut().map_or(Ok(()), |task| said.of_task(name, task))?;
            }
            ["Project", "Tasks", "Task", "Baseline", name] => {
                let task = self.plan.tasks.last_mut();
                let baseline = task.and_then(|task| task.baselines.last_mut());
                baseline.map_or(Ok(()), |baseline| said.of_baseline(name, baseline))?;
            }
            ["Project", "Resources", "Resource", name] => {
                self.plan.resources.last_mut().map_or(Ok(()), |own| said.of_resource(name, own))?;
            }
            ["Project", "Assignments", "Assignment", name] => {
                self.plan.assignments.last_mut().map_or(Ok(()), |own| said.of_assignment(name, own))?;
            }
            _ => {}
        }
        self.path.pop();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(inner: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><Project xmlns=\"http://schemas.microsoft.com/project\">{inner}</Project>"
        )
    }

    #[test]
    fn a_task_is_read_with_its_baseline() {
        let plan = read(&within(
            "<Name>crm.mpp</Name><Tasks><Task><UID>3</UID><Name>Go-live &amp; hand&#45;over</Name><Milestone>1</Milestone>\
             <Finish>2027-02-14T17:00:00</Finish><ActualStart>NA</ActualStart><Cost>125050</Cost>\
             <Baseline><Number>0</Number><Finish>2027-01-31T17:00:00</Finish><Cost>100000.5</Cost></Baseline>\
             <ExtendedAttribute><Value>x</Value></ExtendedAttribute></Task></Tasks>\
             <Assignments><Assignment><ResourceUID>-65535</ResourceUID><Work>PT16H30M0S</Work></Assignment></Assignments>",
        ))
        .unwrap();
        let task = &plan.tasks[0];
        assert_eq!((task.uid, task.name.as_str(), task.is_milestone), (3, "Go-live & hand-over", true));
        assert_eq!(task.finish, Some("2027-02-14".parse().unwrap()));
        assert_eq!((task.actual_start, task.cost), (None, Some("1250.5".parse().unwrap())));
        assert_eq!(task.baseline().unwrap().cost, Some("1000.005".parse().unwrap()));
        assert_eq!(plan.assignments[0].hours, Some("16.5".parse().unwrap()));
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_place() {
        let wrong = |text: &str| read(text).unwrap_err().to_string();
        assert!(wrong("").contains("there is no element"));
        assert!(wrong("<html></html>").contains("begins with <html>"));
        assert!(wrong("<Project><Name>x").contains("ends too early"));
        assert!(wrong("<Project></Tasks></Project>").contains("no XML"));
        let bomb =
            "<!DOCTYPE p [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Project><Name>&b;</Name></Project>";
        assert!(wrong(bomb).contains("document type"));
        assert!(wrong(&within("<Name>&nbsp;</Name>")).contains("&nbsp;"));
        assert!(wrong(&within("<StartDate>tomorrow</StartDate>")).contains("<StartDate> is `tomorrow`"));
        let deep = "<x>".repeat(100);
        assert!(wrong(&within(&deep)).contains("64 deep"));
        let task = within("<Tasks><Task><PercentComplete>120</PercentComplete></Task></Tasks>");
        assert!(wrong(&task).contains("a percentage from 0 to 100"));
        assert!(wrong(&within(&"y".repeat(LONGEST + 1))).contains("megabyte"));
    }
}
