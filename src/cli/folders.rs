//! Where the program keeps what is the person's and no dataset's: settings, keys, the demo.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::failure::{Failure, Result};

/// The folders; none of them need be there.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    state: Option<PathBuf>,
    cache: Option<PathBuf>,
}

impl Folders {
    /// As `GOLDSET_CONFIG_DIR` and `GOLDSET_DATA_DIR` say, or else as the system has it.
    pub fn find() -> Self {
        let said = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let usual = ProjectDirs::from("", "", "goldset");
        let usual = |folder: fn(&ProjectDirs) -> &Path| usual.as_ref().map(|dirs| folder(dirs).to_owned());
        let data = said("GOLDSET_DATA_DIR");
        Self {
            config: said("GOLDSET_CONFIG_DIR").or_else(|| usual(ProjectDirs::config_dir)),
            state: data
                .clone()
                .or_else(|| usual(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()))),
            cache: data.clone().or_else(|| usual(ProjectDirs::cache_dir)),
            data: data.or_else(|| usual(ProjectDirs::data_dir)),
        }
    }

    /// All of them in one.
    #[cfg(test)]
    pub fn all_in(folder: &Path) -> Self {
        let folder = Some(folder.to_owned());
        Self { config: folder.clone(), data: folder.clone(), state: folder.clone(), cache: folder }
    }

    /// `config.toml`: who is at the keyboard, which keymap.
    pub fn config_file(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("config.toml"))
    }

    /// `keys.toml`: the person's own keymap.
    pub fn keys_file(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("keys.toml"))
    }

    /// `mappings.toml`: the saved mappings.
    pub fn mappings_file(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("mappings.toml"))
    }

    /// `prices.toml`: what training costs, as the person noted it.
    pub fn prices_file(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|folder| folder.join("prices.toml"))
    }

    /// The list of the datasets used last.
    pub fn recent_file(&self) -> Option<PathBuf> {
        self.state.as_ref().map(|folder| folder.join("recent.json"))
    }

    /// Where the tags and the derived facets of large datasets are kept from one time to the next.
    pub fn columns_folder(&self) -> Option<PathBuf> {
        self.cache.as_ref().map(|folder| folder.join("columns"))
    }

    /// The private copy of the demonstration dataset, in a folder that is there.
    pub fn demo_file(&self) -> Result<PathBuf> {
        let folder = self.data.as_ref().ok_or_else(|| {
            Failure::Said(
                "there is no home folder to keep the demo in; say where in GOLDSET_DATA_DIR".to_owned(),
            )
        })?;
        std::fs::create_dir_all(folder)
            .map_err(|source| Failure::File { name: folder.display().to_string(), source })?;
        Ok(folder.join("demo.goldset"))
    }
}
