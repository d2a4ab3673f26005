//! What the engine asks of the world while it expands a template: the person, the disk, the shell.

use super::hooks;
use super::questions::{answer, question_for};
use super::request::Request;
use crate::ask::{Asker, Reply};
use crate::cmd::Context;
use crate::cmd::review::stopped;
use crate::cmd::scaffolds::chain;
use crate::diagnostic::Failure;
use crate::disk::{DiskError, GitFiles, Temporary, is_there, read_staged, write_staged};
use crate::expand::{
    HookCommand, HookSet, Kind, NotRun, Notice, Place, Project, Question, Ran, Unanswered, Value,
    Weight, World,
};
use crate::outside::program::{ShellError, foreground, shell};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What a person has seen and allowed while a template was expanded.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The hooks that were shown, and may run.
    pub(super) hooks: Option<HookSet>,
    /// The commands of hooks that were confirmed.
    commands: BTreeSet<String>,
}

/// The world of one run.
pub(super) struct Person<'a> {
    request: &'a Request<'a>,
    context: &'a Context<'a>,
    /// Whoever was asked last.
    asker: Option<Box<dyn Asker>>,
    /// Where commands of hooks find the template.
    working_directory: PathBuf,
    /// The directory of the project, once it is known.
    pub(super) target: Option<PathBuf>,
    /// Whether hooks ran, and by whose leave.
    pub(super) hooks: Option<String>,
    /// Whether hooks ran commands.
    pub(super) commands: bool,
    /// What the person has seen and allowed.
    pub(super) said: Said,
}

impl<'a> Person<'a> {
    pub(super) fn new(
        request: &'a Request<'a>,
        context: &'a Context<'a>,
        working_directory: PathBuf,
    ) -> Self {
        Self {
            request,
            context,
            asker: None,
            working_directory,
            target: None,
            hooks: None,
            commands: false,
            said: Said::default(),
        }
    }

    /// Whether anybody can be asked something.
    fn can_ask(&self) -> bool {
        self.context.ui.can_ask() && !self.request.is_silent()
    }

    fn put(&mut self, question: &Question, problem: Option<&str>) -> Result<Value, Unanswered> {
        let put = question_for(question);
        // An answer that was not taken can be mended where it was given.
        let kept = self.asker.take().filter(|_| problem.is_some());
        let asker = kept.unwrap_or_else(|| self.context.ui.asker(self.context.guard));
        let asker = self.asker.insert(asker);
        let mut problem = problem.map(str::to_owned);
        loop {
            let reply = asker.ask(&put, problem.as_deref());
            match reply.map_err(|error| Unanswered::Stopped(stopped(&error)))? {
                Reply::Value(value) => return Ok(answer(&question.kind, &value)),
                Reply::Back => problem = Some("each answer stands; Ctrl-C leaves".to_owned()),
            }
        }
    }

    /// Several lines, until the end of input.
    fn lines(&mut self, question: &Question) -> Result<Value, Unanswered> {
        // Whoever asks on plain lines holds standard input.
        self.asker = None;
        let ui = self.context.ui;
        ui.talk(&format!("{} (end with Ctrl-D)", question.prompt));
        let text = ui.read_to_end().map_err(Unanswered::Stopped)?;
        Ok(Value::Text(text))
    }

    /// Text from the person's editor, which begins with the default.
    fn edited(&self, question: &Question) -> Result<Value, Unanswered> {
        let world = self.context.world;
        let editor = world.var("VISUAL").or_else(|| world.var("EDITOR"));
        let start = match &question.default {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let interrupts = self.context.guard.interrupts();
        let _writing = interrupts.writing();
        let edit = || -> Result<String, String> {
            let place = Temporary::free(&super::fetch::temporary(self.context));
            let place = place
                .and_then(Temporary::make)
                .map_err(|error| chain(&error))?;
            let file = place.path().join("answer");
            crate::disk::write_file(&file, start.as_bytes()).map_err(|error| chain(&error))?;
            let line = format!("{} \"$0\"", editor.unwrap_or("vi"));
            let arguments = ["-c".to_owned(), line, file.to_string_lossy().into_owned()];
            let at = (world.cwd.as_path(), world);
            match foreground("sh", &arguments, at, &|| interrupts.interrupted()) {
                Ok(true) => crate::disk::read_text(&file).map_err(|error| chain(&error)),
                Ok(false) => Err("it ended with an error".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        };
        self.context.ui.talk(&question.prompt);
        edit().map(Value::Text).map_err(|cause| {
            if interrupts.interrupted() {
                return Unanswered::Stopped(Failure::interrupted());
            }
            let failure =
                Failure::refused(format!("the editor gave no answer for `{}`", question.name));
            Unanswered::Stopped(failure.because(cause).hint("`EDITOR` names another"))
        })
    }

    fn command(&self, command: &HookCommand) -> Result<Ran, NotRun> {
        let interrupts = self.context.guard.interrupts();
        let _writing = interrupts.writing();
        let interrupted = || interrupts.interrupted();
        let told = |error: DiskError| match error {
            DiskError::Interrupted => NotRun::Stopped(Failure::interrupted()),
            error => NotRun::Failed(chain(&error)),
        };
        let place = Temporary::make(self.working_directory.clone()).map_err(told)?;
        write_staged(place.path(), &command.staged, &interrupted).map_err(told)?;
        let directory = place.path().join(&command.directory);
        let said = shell(&command.line, &directory, self.context.world, &interrupted);
        let said = said.map_err(|error| match error {
            ShellError::Interrupted => NotRun::Stopped(Failure::interrupted()),
            error => NotRun::Failed(error.to_string()),
        })?;
        let links = super::fetch::links(self.request.mode);
        let staged = read_staged(place.path(), GitFiles::Kept, links).map_err(told)?;
        Ok(Ran {
            staged,
            code: said.code,
            stdout: said.stdout,
            stderr: said.stderr,
        })
    }
}

impl World for Person<'_> {
    fn ask(&mut self, question: &Question, problem: Option<&str>) -> Result<Value, Unanswered> {
        match question.kind {
            // As cargo-generate has it, several lines may come through a pipe.
            Kind::Text if self.request.is_compat() && !self.request.is_silent() => {
                self.lines(question)
            }
            _ if !self.can_ask() => Err(Unanswered::Nobody),
            Kind::Text => self.lines(question),
            Kind::Editor => self.edited(question),
            _ => self.put(question, problem),
        }
    }

    fn place(&mut self, project: &Project) -> Result<Place, Failure> {
        let directory = match self.request.root() {
            Some(root) => root.to_owned(),
            None => self.free(project)?,
        };
        // A project that is made again has no manifest of its own yet.
        let above = match self.request.root() {
            Some(_) if !project.init => directory.parent().unwrap_or(&directory),
            _ => &directory,
        };
        let mut above = above.ancestors();
        let within = above.any(|above| is_there(&above.join("Cargo.toml")));
        let shown = directory.to_string_lossy().into_owned();
        self.target = Some(directory);
        Ok(Place {
            directory: shown,
            within_cargo_project: within,
        })
    }

    fn permit(&mut self, hooks: &HookSet) -> Result<(), Failure> {
        let leave = hooks::permit(hooks, self.request, self.context)?;
        self.hooks = Some(leave);
        self.said.hooks = Some(hooks.clone());
        Ok(())
    }

    fn confirm(&mut self, line: &str) -> Result<bool, Unanswered> {
        let before = self.request.before();
        if before.is_some_and(|before| before.commands.contains(line)) {
            return Ok(true);
        }
        // A project that is made as it was has its values, and its commands are new all the same.
        if !self.context.ui.can_ask() || self.request.is("silent") {
            return Err(Unanswered::Nobody);
        }
        let asked = Question {
            name: String::new(),
            prompt: format!("A hook wants to run a command: {line}"),
            kind: Kind::Bool,
            default: Some(Value::Bool(false)),
        };
        let is_confirmed = self.put(&asked, None)? == Value::Bool(true);
        if is_confirmed {
            self.said.commands.insert(line.to_owned());
        }
        Ok(is_confirmed)
    }

    fn run(&mut self, command: HookCommand) -> Result<Ran, NotRun> {
        self.commands = true;
        self.command(&command)
    }

    fn now(&mut self) -> i64 {
        self.context.world.now
    }

    fn tell(&mut self, notice: &Notice) {
        let ui = self.context.ui;
        // What there is to say of the template was said of it as it is now.
        if self.request.before().is_some() {
            return;
        }
        if self.request.is_compat() && !self.request.json() {
            // cargo-generate says everything on standard output; who cannot read it misses nothing.
            ui.result_line(&notice.text).ok();
            return;
        }
        match notice.weight {
            Weight::Told if self.request.is("verbose") => ui.talk(&notice.text),
            Weight::Told => {}
            Weight::Printed => ui.talk(&notice.text),
            Weight::Warning => ui.warn(&notice.text),
        }
    }
}

impl Person<'_> {
    /// The directory of a new project, where nothing stands in its way.
    fn free(&self, project: &Project) -> Result<PathBuf, Failure> {
        let base = &self.request.destination;
        if project.init {
            return Ok(base.clone());
        }
        let name = &project.directory;
        if name.parse::<crate::tree::RelPath>().is_err() {
            return Err(Failure::invalid(format!(
                "`{}` cannot be the name of a directory",
                name.escape_debug()
            )));
        }
        let directory = base.join(name);
        if is_there(&directory) {
            return Err(self.taken(name));
        }
        Ok(directory)
    }

    fn taken(&self, directory: &str) -> Failure {
        if self.request.is_compat() {
            return Failure::refused("Target directory already exists, aborting!");
        }
        Failure::refused(format!("`{directory}` exists"))
            .hint("choose another name, or `--init` to write into a directory that is there")
    }
}
