//! Files that belong together are imported as one.

use super::{dataset, examples_of, no_differences};
use crate::dataset::ImportOptions;
use crate::example::{Kind, Status};
use crate::store;

#[test]
fn the_answers_of_several_files_to_one_prompt_are_one_example() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let mut files = Vec::new();
    for (model, prompts) in [("m1", ["p", "q"]), ("m2", ["q", "r"])] {
        let file = folder.path().join(format!("{model}.jsonl"));
        let line = |prompt: &&str| {
            format!(r#"{{"instruction":"{prompt}","output":"by {model}","generator":"{model}"}}"#)
        };
        std::fs::write(&file, prompts.iter().map(line).collect::<Vec<_>>().join("\n")).unwrap();
        files.push(file);
    }
    // a file of another form between them changes nothing
    let other = folder.path().join("other.jsonl");
    std::fs::write(&other, r#"{"prompt":"x","response":"y"}"#).unwrap();
    files.insert(1, other);
    let mut rejected = |reject: &crate::dataset::Reject| panic!("{}", reject.reason);
    let report = dataset.import(&files, &ImportOptions::default(), &mut rejected, &mut |_| true).unwrap();
    assert_eq!((report.read, report.imported, report.examples), (5, 5, 4));
    let formats: Vec<&str> = report.formats.iter().map(|(_, id)| *id).collect();
    assert_eq!(formats[0], "answers");
    let all =
        examples_of(&dataset).into_iter().map(|id| store::example(&dataset.connection, id).unwrap().unwrap());
    let joined = all.into_iter().find(|one| one.prompt.question() == "q").unwrap();
    assert_eq!((joined.kind, joined.status), (Kind::Preference, Status::Pending));
    let authors: Vec<_> = joined.responses.iter().map(|one| one.author.clone().unwrap().name).collect();
    assert_eq!(authors, ["m1", "m2"]);
    no_differences(&dataset);
}
