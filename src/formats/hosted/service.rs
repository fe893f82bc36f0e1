//! What the formats of services have in common: what is known of each, in one place.

use serde_json::Value;

use crate::formats::rules::{Limits, Rule};
use crate::formats::{Carries, Fit, Format, ReadOptions, Reader, WriteOptions, Writer, container};

/// What is known of a service's form.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    /// The name on the command line.
    pub id: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// Its fields and who takes it, with the source.
    pub about: &'static str,
    /// What the service demands of every example.
    pub rules: &'static [&'static dyn Rule],
    /// How much it takes.
    pub limits: Limits,
}

/// A form that a service takes, as a JSON object a line.
pub(super) trait Service: Sync {
    fn facts(&self) -> &Facts;
    fn carries(&self) -> Carries;
    fn fit(&self, record: &Value) -> Fit;
    fn reader(&self) -> Box<dyn Reader>;
    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer>;
}

impl<S: Service> Format for S {
    fn id(&self) -> &'static str {
        self.facts().id
    }

    fn title(&self) -> &'static str {
        self.facts().title
    }

    fn about(&self) -> &'static str {
        self.facts().about
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn carries(&self) -> Carries {
        Service::carries(self)
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        self.facts().rules
    }

    fn limits(&self) -> Limits {
        self.facts().limits
    }

    fn fit(&self, record: &Value) -> Fit {
        Service::fit(self, record)
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Service::reader(self))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Service::writer(self, options))
    }
}
