//! What several screens draw with.

pub mod beginnings;
pub mod behind;
pub mod columns;
pub mod diff;
pub mod document;
pub mod editor;
pub mod highlight;
pub mod leading;
pub mod menus;
pub mod readable;
pub mod rows;
pub mod sampling;
pub mod trails;
pub mod typing;
pub mod words;
