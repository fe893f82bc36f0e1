//! Where a file is written to unless somebody says otherwise.

use std::path::Path;

use crate::dataset::{Plan, Target};

/// The file that is proposed: beside the dataset, called after it and the format.
pub(super) fn proposed(dataset: &Path, plan: &Plan) -> String {
    let stem = dataset.file_stem().map_or_else(|| "dataset".into(), |stem| stem.to_string_lossy());
    let ending = plan.format().map_or("jsonl", |format| format.container().ending());
    let split = plan.split.map(|split| format!("-{split}")).unwrap_or_default();
    dataset.with_file_name(format!("{stem}-{}{split}.{ending}", plan.format)).display().to_string()
}

/// As it was typed; a folder ends in a slash.
pub(super) fn said(target: &Target) -> String {
    match target {
        Target::Nowhere | Target::Standard => String::new(),
        Target::File(path) => path.display().to_string(),
        Target::Folder(path) => format!("{}/", path.display().to_string().trim_end_matches('/')),
    }
}

/// The names of the files that are written for a plan: the records first, then what goes with them.
pub(super) fn files(path: &str, plan: &Plan) -> Vec<String> {
    let is_folder = path.ends_with(['/', std::path::MAIN_SEPARATOR]);
    let name = if is_folder { path } else { name(path) };
    let mut files = vec![if is_folder { format!("{name} (a file for each split)") } else { name.to_owned() }];
    if !plan.bare
        && let Ok(format) = plan.format()
    {
        files.extend(format.side_files(&[name.to_owned()]).into_iter().map(|side| side.name));
    }
    let stem = if is_folder { "dataset" } else { name.split_once('.').map_or(name, |(stem, _)| stem) };
    files.extend(plan.card.then(|| format!("{stem}.card.md")));
    files.extend(plan.manifest.then(|| format!("{stem}.manifest.json")));
    files
}

/// The name of the file, without what leads to it.
pub(super) fn name(path: &str) -> &str {
    path.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Split;

    #[test]
    fn a_file_is_proposed_beside_the_dataset() {
        let plan = Plan::of("openai-chat");
        assert_eq!(proposed(Path::new("a/support.goldset"), &plan), "a/support-openai-chat.jsonl");
        assert_eq!(proposed(Path::new("support.goldset"), &plan), "support-openai-chat.jsonl");
        let plan = Plan { split: Some(Split::Train), ..Plan::of("alpaca") };
        assert_eq!(proposed(Path::new("x.goldset"), &plan), "x-alpaca-train.json");
        let plan = Plan { card: true, bare: true, ..plan };
        assert_eq!(files("a/x.json", &plan), ["x.json", "x.card.md"]);
        assert_eq!(files("a/", &plan), ["a/ (a file for each split)", "dataset.card.md"]);
        assert_eq!(name("a/b.jsonl"), "b.jsonl");
        assert_eq!(said(&Target::Folder("data/".into())), "data/");
    }
}
