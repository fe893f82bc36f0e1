//! A format as the name of a trainer, a shape of records, and what that trainer demands of them.

use serde_json::Value;

use super::shapes::Shape;
use crate::example::Split;
use crate::formats::build::one;
use crate::formats::fields::Fields;
use crate::formats::rules::Rule;
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, SideFile, Unwritable, WriteOptions, Writer,
    Written, container,
};

/// One format. Those that are alike are constants beside each other, a file for each trainer.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// The name on the command line.
    pub id: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// Its fields and who takes it, with the source.
    pub about: &'static str,
    /// The container that its files usually have.
    pub container: container::Kind,
    /// What its trainer demands.
    pub rules: &'static [&'static dyn Rule],
    /// What its records look like.
    pub shape: &'static dyn Shape,
    /// How sure it is of a record that has its fields, where no mark in it says more: where another
    /// format has the same fields, that one stays the one that is recognised.
    pub fit: Fit,
    /// What its trainer calls the files of the splits.
    pub split_name: fn(Split) -> &'static str,
    /// The files that its trainer wants beside files of those names.
    pub side_files: fn(&[String]) -> Vec<SideFile>,
}

impl Form {
    /// What most have: a JSON object a line, fields that other formats have as well, usual names, and no
    /// side files.
    pub const fn new(
        id: &'static str,
        title: &'static str,
        about: &'static str,
        shape: &'static dyn Shape,
        rules: &'static [&'static dyn Rule],
    ) -> Self {
        Self {
            id,
            title,
            about,
            container: container::Kind::JsonLines,
            rules,
            shape,
            fit: Fit::Possible,
            split_name: Split::as_str,
            side_files: |_| Vec::new(),
        }
    }
}

impl Format for Form {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn container(&self) -> container::Kind {
        self.container
    }

    fn carries(&self) -> Carries {
        self.shape.carries()
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        self.rules
    }

    fn split_name(&self, split: Split) -> &'static str {
        (self.split_name)(split)
    }

    fn side_files(&self, files: &[String]) -> Vec<SideFile> {
        (self.side_files)(files)
    }

    fn fit(&self, record: &Value) -> Fit {
        if !self.shape.has_fields(record) {
            Fit::No
        } else if self.shape.is_marked(record) {
            Fit::Certain
        } else {
            self.fit
        }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Reads { shape: self.shape }))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Writes { shape: self.shape, options: options.clone() }))
    }
}

struct Reads {
    shape: &'static dyn Shape,
}

impl Reader for Reads {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        Ok(one(self.shape.read(Fields::of(record)?)?))
    }
}

struct Writes {
    shape: &'static dyn Shape,
    options: WriteOptions,
}

impl Writer for Writes {
    fn write(&mut self, example: &crate::example::Example) -> Result<Written, Unwritable> {
        self.shape.write(example, &self.options)
    }
}
