//! A question whose answer follows the dataset: asked again when something changed, never twice at once.

use super::effect::{Effect, Generation, Request};

/// What is waited for.
#[derive(Debug, Default)]
pub struct Waiting {
    generation: Generation,
    is_asked: bool,
    /// Something changed since it was asked.
    is_stale: bool,
}

impl Waiting {
    /// Asks; where an answer is waited for, nothing is asked until that has come.
    pub fn ask(&mut self, request: Request) -> Vec<Effect> {
        if self.is_asked {
            self.is_stale = true;
            return Vec::new();
        }
        self.generation += 1;
        (self.is_asked, self.is_stale) = (true, false);
        vec![Effect::Ask(self.generation, request)]
    }

    /// Nobody looks any more, which is what the request says; an answer that still comes is for nobody.
    pub fn end(&mut self, request: Request) -> Vec<Effect> {
        self.generation += 1;
        (self.is_asked, self.is_stale) = (false, false);
        vec![Effect::Ask(self.generation, request)]
    }

    /// The question that was asked last.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// Its answer came, or it failed; says whether it is to be asked again.
    pub fn came(&mut self) -> bool {
        self.is_asked = false;
        self.is_stale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_asked_once_at_a_time_and_again_where_something_changed_meanwhile() {
        let mut waiting = Waiting::default();
        let asked = |effects: &[Effect]| matches!(effects, [Effect::Ask(..)]);
        assert!(asked(&waiting.ask(Request::Lacking)));
        assert!(waiting.ask(Request::Lacking).is_empty());
        assert!(waiting.came(), "something changed while it was answered");
        assert!(asked(&waiting.ask(Request::Lacking)));
        assert!(!waiting.came());
        let before = waiting.generation();
        assert!(asked(&waiting.end(Request::Cross(None))));
        assert_ne!(waiting.generation(), before, "what still comes is for nobody");
    }
}
