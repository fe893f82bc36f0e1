//! stub
use crate::tui::commands::Context;
use crate::tui::effect::{Effect, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
/// x
pub struct History;
impl History {
    /// x
    pub fn new(_: Option<i64>) -> Self {
        Self
    }
}
impl Screen for History {
    fn context(&self) -> Context {
        Context::History
    }
    fn title(&self, _: &Shared) -> String {
        "History".to_owned()
    }
    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        Vec::new()
    }
    fn update(&mut self, _: Input, _: &Shared) -> Vec<Effect> {
        Vec::new()
    }
    fn view(&mut self, _: &mut Frame<'_>, _: Rect, _: &Shared, _: &Theme) {}
}
