//! Works off the staged files: renders or copies each, and gives it its name.

use super::expanded::{Fate, Made};
use super::paths;
use super::render::Renderer;
use super::staged::{Entry, Staged, StagedFile};
use super::state::Shared;
use crate::diagnostic::{Exit, Failure, Problem};

/// Renders everything that is staged.
///
/// # Errors
/// Texts and names that cannot be rendered, all together.
pub(super) fn walk(shared: &Shared, renderer: &Renderer) -> Result<(), Failure> {
    let mut paths: Vec<String> = shared
        .state()
        .stage
        .iter()
        .map(|(path, _)| path.to_owned())
        .collect();
    paths.sort_by(|a, b| paths::order(a, b));
    let mut problems = Vec::new();
    let mut made = Staged::new();
    for path in paths {
        if let Err(problem) = one(shared, renderer, &mut made, &path) {
            problems.push(problem);
        }
    }
    if problems.is_empty() {
        shared.state().stage = made;
        Ok(())
    } else {
        Err(Failure::all(Exit::Refused, problems))
    }
}

fn one(shared: &Shared, renderer: &Renderer, made: &mut Staged, path: &str) -> Result<(), Problem> {
    let failed = |cause: String| Problem {
        cause: Some(cause),
        ..Problem::new(format!("`{path}` cannot be rendered"))
    };
    let new = renderer.path(path).map_err(|e| failed(e.to_string()))?;
    let Some(Entry::File(file)) = shared.state().stage.remove(path) else {
        return made
            .insert_directory(&new)
            .map_err(|e| failed(e.to_string()));
    };
    let (bytes, fate) = match String::from_utf8(file.bytes) {
        Ok(text) => {
            let text = renderer.text(&text).map_err(|e| failed(e.to_string()))?;
            (text.into_bytes(), Fate::Rendered)
        }
        Err(error) => (
            error.into_bytes(),
            Fate::Copied("it is not text".to_owned()),
        ),
    };
    let file = StagedFile {
        bytes,
        mode: file.mode,
    };
    made.insert_file(&new, file)
        .map_err(|e| failed(e.to_string()))?;
    shared.state().files.push(Made {
        source: path.to_owned(),
        path: Some(new),
        fate,
    });
    Ok(())
}
