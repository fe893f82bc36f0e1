//! A dataset that can't be written where it is: it is read as it lies there.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use crate::support::{SFT, World};

/// Nobody in particular; the superuser can write everywhere, so tests that run as it become this.
const NOBODY: u32 = 65_534;

struct Protected {
    world: World,
    program: Option<PathBuf>,
}

impl Protected {
    /// A world in which the dataset, its folder or both can't be written.
    fn new(file: u32, folder: u32) -> Self {
        let world = World::with_examples();
        world.write("a.jsonl", SFT);
        let root = std::fs::metadata(world.path(".")).unwrap().uid() == 0;
        let program = root.then(|| {
            // What is in the superuser's own folders could not be run.
            let program = world.path("goldset");
            std::fs::copy(world.command(&[]).get_program(), &program).unwrap();
            std::os::unix::fs::chown(world.path("d.goldset"), Some(NOBODY), Some(NOBODY)).unwrap();
            std::os::unix::fs::chown(world.path("."), Some(NOBODY), Some(NOBODY)).unwrap();
            program
        });
        let protected = Self { world, program };
        protected.allow("d.goldset", file);
        protected.allow(".", folder);
        protected
    }

    fn allow(&self, name: &str, mode: u32) {
        std::fs::set_permissions(self.world.path(name), Permissions::from_mode(mode)).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut process = self.world.process(arguments);
        if let Some(program) = &self.program {
            let arguments: Vec<_> = process.get_args().map(ToOwned::to_owned).collect();
            let variables: Vec<_> = process
                .get_envs()
                .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
                .collect();
            process = std::process::Command::new(program);
            process.env_clear().args(arguments).envs(variables).current_dir(self.world.path("."));
            process.uid(NOBODY).gid(NOBODY);
        }
        let output = loop {
            match process.output() {
                // A test that starts a process just now still holds the copy of the program.
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::sleep(std::time::Duration::from_millis(10));
                }
                other => break other.unwrap(),
            }
        };
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }
}

impl Drop for Protected {
    fn drop(&mut self) {
        // So that the folder can be removed.
        self.allow(".", 0o755);
    }
}

const LOOKING: [&[&str]; 5] = [
    &["stats", "d.goldset"],
    &["list", "d.goldset", "--where", "refund or status:pending"],
    &["show", "d.goldset", "1"],
    &["log", "d.goldset"],
    &["export", "d.goldset", "--format", "goldset"],
];

#[test]
fn what_can_not_be_written_is_read_as_it_lies_there() {
    for (file, folder) in [(0o644, 0o555), (0o444, 0o755), (0o444, 0o555)] {
        let protected = Protected::new(file, folder);
        let world = &protected.world;
        let names = world.names();
        let before = std::fs::read(world.path("d.goldset")).unwrap();
        for arguments in LOOKING {
            let (code, out, err) = protected.run(arguments);
            assert_eq!(code, 0, "{file:o} {folder:o} {arguments:?}: {err}");
            assert!(!out.is_empty());
            let said = "goldset: d.goldset can't be written here, so it is opened as it lies there\n";
            assert!(err.starts_with(said), "{file:o} {folder:o} {arguments:?}: {err}");
        }
        for arguments in [
            &["import", "d.goldset", "a.jsonl"][..],
            &["undo", "d.goldset"],
            &["redo", "d.goldset"],
            &["verify", "d.goldset"],
        ] {
            let (code, out, err) = protected.run(arguments);
            assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
            assert!(err.contains("d.goldset: the dataset can't be written here"), "{arguments:?}: {err}");
        }
        assert_eq!(world.names(), names, "{file:o} {folder:o}: nothing is left beside it");
        assert!(std::fs::read(world.path("d.goldset")).unwrap() == before);
        protected.allow(".", 0o755);
        protected.allow("d.goldset", 0o644);
        let (code, _, err) = protected.run(&["import", "d.goldset", "a.jsonl"]);
        assert_eq!((code, err.as_str()), (0, ""), "it can be written again");
    }
}

#[test]
fn what_is_not_seen_is_told() {
    let protected = Protected::new(0o644, 0o755);
    let world = &protected.world;
    // A copy of a dataset that was being written: its log came along, its lock file did not.
    let mut open = goldset::dataset::Dataset::open(&world.path("d.goldset"), "bo").unwrap();
    let tag = goldset::example::Tag::new("topic", "new");
    let on = goldset::dataset::Selection::One(1);
    open.perform(&goldset::dataset::Verb::AddTag { on, tag }).unwrap();
    let copied = ["", "-wal"].map(|suffix| {
        let to = format!("copy.goldset{suffix}");
        std::fs::copy(world.path(&format!("d.goldset{suffix}")), world.path(&to)).unwrap();
        to
    });
    for name in copied {
        protected.allow(&name, 0o444);
    }
    protected.allow(".", 0o555);
    let (code, out, err) = protected.run(&["stats", "copy.goldset"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("copy.goldset: 4 examples"), "{out}");
    assert!(err.contains("the last changes, in copy.goldset-wal, are not seen"), "{err}");
}
