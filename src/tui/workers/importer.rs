//! The importer: looks at files that might be brought in, and keeps mappings. What it looked at last it has
//! at hand, so that a change of the mapping reads nothing anew.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::effect::{Answer, Generation, Request};
use super::super::importing::{COLUMNS, Found, How, Looked, Shown};
use super::super::message::{Message, ScreenId};
use super::{failed, guarded, typed_path};
use crate::dataset::{FacetChange, as_in_production};
use crate::example::{Example, Facet};
use crate::formats::container::{self, Kind};
use crate::formats::{self, Format, Item, Mapping, Misfit, ReadOptions, Sample, SavedMappings, page};
use crate::text::utf8;

/// Records that are looked at, and those that are shown.
const LOOKED_AT: usize = 200;
const SHOWN: usize = 50;
/// Bytes of a record or a page that are shown.
const MOST: usize = 20_000;
/// Examples of one record that are shown.
const EXAMPLES: usize = 5;
/// Files of a folder that are listed.
const LISTED: usize = 1_000;

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportTask {
    /// Which files are in the folder that was typed?
    List(String),
    /// What is in the file that was typed, read so?
    Look(String, How),
    /// Which mappings are saved?
    Mappings,
    /// Save a mapping under that name.
    Save(String, Mapping),
    /// How often does each value of the facet come, by the file that was typed?
    Production(Box<Facet>, String),
}

impl ImportTask {
    /// The question that a request is; the request where it is another one's.
    pub fn of(request: Request) -> Result<Self, Request> {
        Ok(match request {
            Request::Files(folder) => Self::List(folder),
            Request::Look(path, how) => Self::Look(path, how),
            Request::Mappings => Self::Mappings,
            Request::SaveMapping(name, mapping) => Self::Save(name, mapping),
            Request::Production(facet, path) => Self::Production(facet, path),
            other => return Err(other),
        })
    }
}

/// A question, and who asks it.
#[derive(Debug)]
pub struct ImportJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What.
    pub task: ImportTask,
}

/// What looks at files.
pub struct Importer {
    mappings: Option<SavedMappings>,
    last: Option<(PathBuf, Kind, Sample)>,
}

/// The change that makes the shares of a facet those of a file.
fn production(facet: &Facet, typed: &str) -> Result<FacetChange, String> {
    let text = std::fs::read(typed_path(typed))
        .and_then(utf8::decode)
        .map_err(|error| format!("{typed}: {error}"))?;
    as_in_production(facet, typed, &text, false).map_err(|error| error.to_string())
}

impl Importer {
    /// An importer that keeps mappings there.
    pub fn new(mappings: Option<SavedMappings>) -> Self {
        Self { mappings, last: None }
    }

    /// Answers a question.
    pub fn handle(&mut self, job: ImportJob, emit: &mut dyn FnMut(Message)) {
        let ImportJob { screen, generation, task } = job;
        let answer = guarded("looking at a file", || Ok(self.answer(generation, task)));
        emit(match answer.and_then(|answer| answer) {
            Ok(answer) => Message::Answer(screen, answer),
            Err(sentence) => failed(screen, generation, sentence),
        });
    }

    fn answer(&mut self, generation: Generation, task: ImportTask) -> Result<Answer, String> {
        Ok(match task {
            ImportTask::List(folder) => {
                Answer::Files(generation, folder.clone(), list(&typed_path(&folder))?)
            }
            ImportTask::Look(path, how) => Answer::Looked(generation, Box::new(self.look(&path, how)?)),
            ImportTask::Mappings => Answer::Mappings(generation, self.saved(SavedMappings::all)?),
            ImportTask::Save(name, mapping) => {
                self.saved(|saved| saved.save(&name, &mapping))?;
                Answer::MappingSaved(generation, name)
            }
            ImportTask::Production(facet, path) => Answer::Production(production(&facet, &path)?),
        })
    }

    fn saved<T>(
        &self,
        work: impl FnOnce(&SavedMappings) -> Result<T, formats::SavedMappingsError>,
    ) -> Result<T, String> {
        let saved = self.mappings.as_ref().ok_or("there is no folder of settings to keep mappings in")?;
        work(saved).map_err(|error| error.to_string())
    }

    fn look(&mut self, typed: &str, how: How) -> Result<Looked, String> {
        let path = typed_path(typed);
        // a file is read anew when it is asked for as it looks
        let is_at_hand = |(last, ..): &(PathBuf, Kind, Sample)| how != How::AsItLooks && *last == path;
        let (_, kind, sample) = if let Some(last) = self.last.take().filter(is_at_hand) {
            last
        } else {
            let mut records = container::open_path(&path, None).map_err(|error| error.to_string())?;
            let sample = Sample::read(&mut records, LOOKED_AT).map_err(|error| error.to_string())?;
            (path.clone(), records.kind(), sample)
        };
        let looked = looked(path.clone(), kind, &sample, how);
        self.last = Some((path, kind, sample));
        Ok(looked)
    }
}

/// What a sample shows when it is read so.
fn looked(path: PathBuf, kind: Kind, sample: &Sample, how: How) -> Looked {
    let recognised = sample.recognise();
    let how = match (how, &recognised) {
        (How::AsItLooks, Ok(found)) if found.format.id() != COLUMNS => How::Format(found.format.id()),
        (How::AsItLooks | How::Format(COLUMNS), _) => match sample.guess() {
            Some(mapping) if mapping.check().is_ok() => How::Guessed(mapping),
            mapping => How::Mapping(mapping.unwrap_or_default()),
        },
        (how, _) => how,
    };
    let (format, options, trouble) = match &how {
        How::AsItLooks => (None, ReadOptions::default(), None),
        How::Format(id) => (formats::by_id(id), ReadOptions::default(), None),
        How::Guessed(_) => (formats::by_id(COLUMNS), ReadOptions::default(), None),
        How::Mapping(mapping) => {
            let trouble = mapping.check().map_err(|error| error.to_string());
            let trouble = trouble.and_then(|()| sample.check(mapping)).err();
            (formats::by_id(COLUMNS), ReadOptions { mapping: Some(mapping.clone()) }, trouble)
        }
    };
    let made = format.filter(|_| trouble.is_none()).map(|format| (format, &options));
    let misfits = made.map_or(0, |(format, options)| {
        sample.preview(format, options, usize::MAX).iter().filter(|made| made.is_err()).count()
    });
    let shown = |record: &Value| Shown {
        record: cut(serde_json::to_string_pretty(record).unwrap_or_else(|_| record.to_string())),
        made: made.map_or(Ok(Vec::new()), |(format, options)| pages(format, options, record)),
    };
    Looked {
        path,
        container: kind.ending(),
        found: match recognised {
            Ok(found) => Ok((found.format.id(), found.certainty)),
            Err(_) => Err(unknown(sample)),
        },
        shown: sample.records.iter().take(SHOWN).map(shown).collect(),
        fields: sample.fields(),
        looked_at: sample.records.len(),
        broken: sample.broken,
        is_all: sample.is_all,
        how,
        trouble,
        misfits,
    }
}

fn unknown(sample: &Sample) -> String {
    if sample.records.is_empty() {
        return "it holds no records that can be read".to_owned();
    }
    "no format that is known here has such records".to_owned()
}

/// What becomes of one record, read by itself.
fn pages(format: &dyn Format, options: &ReadOptions, record: &Value) -> Result<Vec<String>, String> {
    let Some(mut reader) = format.reader(options) else { return Err("it can only be written".to_owned()) };
    let mut items = reader.read(record.clone()).map_err(|misfit: Misfit| misfit.to_string())?;
    items.extend(reader.finish().items);
    // what the page says to one who edits it is not meant here
    let is_told = |line: &&str| line.starts_with('#');
    let page = |example: &Example| {
        let page = page::write(example);
        cut(page.lines().skip_while(is_told).collect::<Vec<_>>().join("\n"))
    };
    let pages = items.iter().filter_map(|item| match item {
        Item::Example(example) => Some(page(example)),
        Item::Definitions(_) => None,
    });
    Ok(pages.take(EXAMPLES).collect())
}

/// The beginning of a long text.
fn cut(mut text: String) -> String {
    if text.len() > MOST {
        text.truncate(text.floor_char_boundary(MOST));
        text.push_str("\n…");
    }
    text
}

/// The files of a folder that could be brought in and the folders in it, by name; hidden ones are left out.
fn list(folder: &Path) -> Result<Vec<Found>, String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut found: Vec<Found> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            // a link is what it leads to
            let about = std::fs::metadata(entry.path()).ok()?;
            let is_data = about.is_file() && Kind::of_name(&name).is_some();
            if name.starts_with('.') || !(is_data || about.is_dir()) {
                return None;
            }
            let name = if about.is_dir() { format!("{name}/") } else { name };
            Some(Found { name, bytes: about.len() })
        })
        .collect();
    let is_folder = |found: &Found| found.name.ends_with('/');
    found.sort_by(|a, b| (is_folder(a), &a.name).cmp(&(is_folder(b), &b.name)));
    found.truncate(LISTED);
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::formats::Sure;

    fn importer(folder: &Path) -> Importer {
        Importer::new(Some(SavedMappings::in_file(folder.join("settings/mappings.toml"))))
    }

    fn ask(importer: &mut Importer, task: ImportTask) -> Result<Answer, String> {
        let mut answers = Vec::new();
        importer.handle(ImportJob { screen: 3, generation: 5, task }, &mut |message| match message {
            Message::Answer(3, Answer::Failed(5, sentence)) => answers.push(Err(sentence)),
            Message::Answer(3, answer) => answers.push(Ok(answer)),
            other => panic!("{other:?}"),
        });
        assert_eq!(answers.len(), 1);
        answers.remove(0)
    }

    fn look(importer: &mut Importer, path: &Path, how: How) -> Looked {
        match ask(importer, ImportTask::Look(path.display().to_string(), how)) {
            Ok(Answer::Looked(5, looked)) => *looked,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_known_form_is_recognised_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let line =
            r#"{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}]}"#;
        std::fs::write(&path, format!("{line}\n{line}\nno JSON\n")).unwrap();
        let looked = look(&mut importer(folder.path()), &path, How::AsItLooks);
        let (format, certainty) = looked.found.unwrap();
        assert_eq!(looked.how, How::Format(format));
        assert!(certainty.sure >= Sure::Likely);
        assert_eq!((looked.looked_at, looked.misfits, looked.broken, looked.is_all), (2, 0, 1, true));
        assert!(looked.shown[0].made.as_ref().unwrap()[0].contains("Yes?"));
    }

    #[test]
    fn an_unknown_form_gets_a_mapping_and_the_file_is_not_read_again_for_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "frage,antwort,thema\nWarum?,Darum.,Wetter\nWann?,Nie.,Zeit\n").unwrap();
        let mut importer = importer(folder.path());
        let looked = look(&mut importer, &path, How::AsItLooks);
        assert!(looked.found.is_err());
        assert_eq!(looked.how, How::Mapping(Mapping::default()));
        assert!(looked.trouble.unwrap().contains("no field becomes the prompt"));
        let paths: Vec<&str> = looked.fields.iter().map(|field| field.path.as_str()).collect();
        assert_eq!(paths, ["frage", "antwort", "thema"]);
        std::fs::remove_file(&path).unwrap();
        let mapping: Mapping = "prompt=frage,response=antwort,tag:topic=thema".parse().unwrap();
        let looked = look(&mut importer, &path, How::Mapping(mapping));
        assert_eq!((looked.trouble, looked.misfits), (None, 0));
        let page = &looked.shown[1].made.as_ref().unwrap()[0];
        assert!(page.contains("Wann?") && page.contains("Nie.") && page.contains("topic:Zeit"), "{page}");
        let wrong: Mapping = "prompt=question".parse().unwrap();
        let looked = look(&mut importer, &path, How::Mapping(wrong));
        assert!(looked.trouble.unwrap().contains("there are: frage, antwort, thema"));
    }

    #[test]
    fn files_that_could_come_in_are_listed_with_folders_last() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.jsonl.gz", "notes.md", ".hidden.csv"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("aa")).unwrap();
        let task = ImportTask::List(folder.path().display().to_string());
        let Ok(Answer::Files(5, _, found)) = ask(&mut importer(folder.path()), task) else { panic!() };
        let names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["a.jsonl.gz", "b.csv", "aa/"]);
        let nowhere = ask(&mut importer(folder.path()), ImportTask::List("/nowhere/at/all".to_owned()));
        assert!(nowhere.unwrap_err().starts_with("/nowhere/at/all: "));
    }

    #[test]
    fn mappings_are_saved_and_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut importer = importer(folder.path());
        let mapping: Mapping = "prompt=a".parse().unwrap();
        let saved = ask(&mut importer, ImportTask::Save("faq".to_owned(), mapping.clone()));
        assert!(matches!(saved, Ok(Answer::MappingSaved(5, name)) if name == "faq"));
        let Ok(Answer::Mappings(5, all)) = ask(&mut importer, ImportTask::Mappings) else { panic!() };
        assert_eq!(all.into_iter().collect::<Vec<_>>(), [("faq".to_owned(), mapping)]);
        let nowhere = ask(&mut Importer::new(None), ImportTask::Mappings);
        assert!(nowhere.unwrap_err().contains("no folder of settings"));
    }
}
