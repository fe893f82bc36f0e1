//! What an import sets aside while it lasts is in its place after it, whatever came of it.

use std::path::Path;

use super::{Dataset, Verb, no_differences};
use crate::dataset::{Error, ImportOptions};
use crate::example::Status;
use crate::formats::Definitions;

fn set_up(folder: &Path) -> (Dataset, std::path::PathBuf) {
    let file = folder.join("some.jsonl");
    let lines: Vec<String> = (0..100)
        .map(|at| format!(r#"{{"prompt": "{at}?", "chosen": "{at}.", "rejected": "no", "topic": "a"}}"#))
        .collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let path = folder.join("a.goldset");
    (Dataset::create(&path, "ana", &Definitions::default()).unwrap(), file)
}

fn triggers(dataset: &Dataset) -> Vec<String> {
    let sql = "SELECT name || tbl_name || sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
    let mut statement = dataset.connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn checks_foreign_keys(dataset: &Dataset) -> bool {
    dataset.connection.pragma_query_value(None, "foreign_keys", |row| row.get(0)).unwrap()
}

#[test]
fn the_triggers_follow_every_row_again_after_an_import() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dataset, file) = set_up(folder.path());
    let before = triggers(&dataset);
    assert!(before.iter().any(|trigger| trigger.starts_with("journal_example_insert")));
    let options = ImportOptions::default();
    dataset.import(&[file], &options, &mut |_| Ok(()), &mut |_| true).unwrap();
    assert_eq!(triggers(&dataset), before);
    assert!(checks_foreign_keys(&dataset));
    no_differences(&dataset);
    // Undone and redone row by row: the journal and the counts see all of it.
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Redo).unwrap();
    assert_eq!(
        dataset.reader().unwrap().counts().unwrap().count(|count| count.status == Status::Submitted),
        100
    );
    no_differences(&dataset);
}

#[test]
fn an_import_that_is_stopped_leaves_them_too() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dataset, file) = set_up(folder.path());
    let before = triggers(&dataset);
    let options = ImportOptions::default();
    let stopped = dataset.import(&[file], &options, &mut |_| Ok(()), &mut |_| false);
    assert!(matches!(stopped, Err(Error::Stopped)));
    assert_eq!(triggers(&dataset), before);
    assert!(checks_foreign_keys(&dataset));
    no_differences(&dataset);
}
