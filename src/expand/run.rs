//! The steps of an expansion, in their order.

use super::config::{CONFIG, Config, Hooks, Rules};
use super::expanded::{Expanded, Fate, Made, Vcs};
use super::given_name::{NAME, given_name};
use super::hook_set::{Phase, digest};
use super::link::Link;
use super::order::{Mode, Order, Switch};
use super::render::Renderer;
use super::selection::{self, Selection};
use super::state::Shared;
use super::template_dir::{self, TemplateDir};
use super::walk::Walk;
use super::world::{Project, Weight};
use super::{Staged, Value, answers, conditions, hooks, links, names, planted, suffix};
use crate::diagnostic::{Exit, Failure};
use memchr::memmem::Finder;
use std::collections::BTreeSet;

/// The versions of cargo-generate that this is like.
const LIKE: [semver::Version; 2] = [
    semver::Version::new(0, 23, 14),
    semver::Version::new(0, 26, 0),
];

/// Expands a template.
///
/// # Errors
/// As for [`super::expand`].
pub(super) fn run(mut staged: Staged, order: &Order, link: Link) -> Result<Expanded, Failure> {
    let left_out = staged.left_out().to_vec();
    let digest = digest_of_code(&staged);
    suffix::strip(&mut staged, order.mode).map_err(|fault| Failure::refused(fault.to_string()))?;
    let template = template_dir::find(&staged, order, &link)?;
    let mut config = template_dir::configuration(&staged, &template.path)?;
    let formatted = match order.mode {
        Mode::Compat => Vec::new(),
        Mode::Careful | Mode::Strict => config.hooks.take_formatter(),
    };
    let shared = share(link, order, &template, &config.hooks);
    for one in left_out {
        let text = format!("`{}` is left out: {}", one.path, one.why);
        shared.tell(Weight::Warning, text);
    }
    for phase in formatted {
        let text = format!(
            "`fmt` among the `{phase}` hooks is passed over: nothing is formatted here, `cargo fmt` does it"
        );
        shared.tell(Weight::Warning, text);
    }
    shared.state().digest = digest;
    shared.state().stage = staged.take(&template.path);
    let brought = planted::brought(&shared.state().stage);
    shared.state().outside = staged;
    let init = init(&shared, order, &config);
    check_version(order, &config)?;
    let project = named(&shared, order, init)?;
    let declared = declared(order, &config);
    let rules = conditions::resolve(&shared, order, &mut config)?;
    answers::add_provided(&shared, order)?;
    let place = shared.state().destination.clone();
    hooks::run(&shared, Phase::Pre, &place)?;
    make(&shared, rules, declared)?;
    hooks::run(&shared, Phase::Post, &place)?;
    finish(&shared, &config.hooks)?;
    links::check(&shared)?;
    planted::check(&shared, &brought)?;
    Ok(result(&shared, project, template, config.template.vcs))
}

/// The digest of the source, where it may have code: a configuration with hooks, which an escape may spell otherwise, or a text that
/// speaks of scripts.
fn digest_of_code(staged: &Staged) -> String {
    let hooks = Finder::new("hooks");
    let rhai = Finder::new("rhai");
    let has_code = staged.files().any(|(path, file)| {
        let bytes = &file.bytes;
        let configures = path.contains(CONFIG)
            && (hooks.find(bytes).is_some() || memchr::memchr(b'\\', bytes).is_some());
        configures || path.contains("rhai") || rhai.find(bytes).is_some()
    });
    if has_code {
        digest(staged)
    } else {
        String::new()
    }
}

fn share(link: Link, order: &Order, template: &TemplateDir, hooks: &Hooks) -> Shared {
    let slash = if template.slash { "/" } else { "" };
    let top = order.working_directory.trim_end_matches('/');
    let place = match template.path.as_str() {
        "" => format!("{top}{slash}"),
        path => format!("{top}/{path}{slash}"),
    };
    let of = |phase, scripts: &[String]| {
        let scripts = scripts.iter().map(move |path| (phase, path.clone()));
        scripts.collect::<Vec<_>>()
    };
    let scripts = [
        of(Phase::Init, &hooks.init),
        of(Phase::Pre, &hooks.pre),
        of(Phase::Post, &hooks.post),
    ];
    Shared::new(
        link,
        order,
        (template.path.clone(), place),
        scripts.concat(),
    )
}

/// Whether the project is made in the destination itself.
fn init(shared: &Shared, order: &Order, config: &Config) -> bool {
    let ordered = order.is(Switch::Init);
    let wanted = config.template.init == Some(true);
    if wanted && !ordered {
        shared.tell(
            Weight::Warning,
            "the template is for an existing directory: its files go into the destination itself, as with --init",
        );
    }
    ordered || wanted
}

fn check_version(order: &Order, config: &Config) -> Result<(), Failure> {
    let Some((wanted, problem)) = &config.template.version else {
        return Ok(());
    };
    let like = if order.compat() {
        &LIKE[..1]
    } else {
        &LIKE[..]
    };
    if like.iter().any(|version| wanted.matches(version)) {
        return Ok(());
    }
    Err(Failure::all(Exit::Invalid, vec![problem.clone()]))
}

/// Init hooks, then the project's name and what follows from it.
fn named(shared: &Shared, order: &Order, init: bool) -> Result<Project, Failure> {
    first_variables(shared, order, init);
    hooks::run(shared, Phase::Init, &order.destination)?;
    let Some(given) = given_name(shared, order)? else {
        // A name that stands in until all that is missing is known.
        let project = names::project("project", order, init);
        shared.set(NAME, &Value::Text(project.name.clone()));
        shared.set("crate_name", &Value::Text(project.crate_name.clone()));
        shared.set("within_cargo_project", &Value::Bool(false));
        return Ok(project);
    };
    let project = names::project(&given, order, init);
    let wanted = order.name.as_deref().unwrap_or(&given);
    if !init && project.directory != wanted {
        let text = format!(
            "Renaming project called `{wanted}` to `{}`...",
            project.directory
        );
        shared.tell(Weight::Warning, text);
    }
    let asked = project.clone();
    let place = shared.link.with(move |world| world.place(&asked))?;
    shared.set(NAME, &Value::Text(project.name.clone()));
    shared.set("crate_name", &Value::Text(project.crate_name.clone()));
    let within = Value::Bool(place.within_cargo_project);
    shared.set("within_cargo_project", &within);
    shared.state().destination = place.directory;
    Ok(project)
}

/// The variables that are known before anything else.
fn first_variables(shared: &Shared, order: &Order, init: bool) {
    let text = |text: &str| Value::Text(text.to_owned());
    if let Some(name) = &order.name {
        shared.set(NAME, &text(name));
    }
    shared.set("crate_type", &text(order.crate_type.name()));
    shared.set("authors", &text(&order.authors));
    shared.set("username", &text(&order.username));
    shared.set("os-arch", &text(&order.os_arch));
    shared.set("is_init", &Value::Bool(init));
}

/// The names that the template declares, whether they get a value or not.
fn declared(order: &Order, config: &Config) -> BTreeSet<String> {
    let conditional = config.conditionals.iter();
    let conditional = conditional.filter_map(|one| one.placeholders.as_ref());
    let all = std::iter::once(&config.placeholders).chain(conditional);
    let names = all.flatten().map(|(name, _)| name.clone());
    names.chain(order.values.keys().cloned()).collect()
}

/// Takes away what is not part of the project, and renders the rest.
fn make(shared: &Shared, mut rules: Rules, declared: BTreeSet<String>) -> Result<(), Failure> {
    // Its own configuration, or the one above it that it is of; where neither can be read, lines have no place.
    let text = {
        let state = shared.state();
        let own = state.stage.text(CONFIG).map(str::to_owned);
        own.or_else(|| state.outside.text(CONFIG).map(str::to_owned))
    };
    let text = text.unwrap_or_default();
    let config = (CONFIG, text.as_str());
    let mode = shared.fixed.mode;
    let removed = selection::remove(&mut shared.state().stage, &rules, mode, config)?;
    for entry in removed.outside {
        let text = format!("`{entry}` in `ignore` is not inside the template, and is passed over");
        shared.tell(Weight::Warning, text);
    }
    for (path, why) in removed.paths {
        if shared.is(Switch::Verbose) {
            shared.tell(Weight::Told, format!("Ignoring: {path}"));
        }
        shared.state().files.push(Made {
            source: path,
            path: None,
            fate: Fate::Removed(why),
        });
    }
    if rules.include.is_some() && rules.exclude.take().is_some() {
        shared.tell(
            Weight::Warning,
            format!(
                "`{CONFIG}` contains both an include and exclude list; only the include list counts"
            ),
        );
    }
    let selection = Selection::new(&rules, config)?;
    let renderer = Renderer::new(shared.clone(), declared)
        .map_err(|error| Failure::refused("the template cannot be rendered").because(error))?;
    Walk::new(shared, &renderer, &selection).run()
}

/// Scripts are not part of the project. What still has the suffix `.liquid` loses it where cargo-generate takes it away.
fn finish(shared: &Shared, hooks: &Hooks) -> Result<(), Failure> {
    let filters = std::mem::take(&mut shared.state().filters);
    for script in hooks.all().chain(&filters) {
        let inner = shared.below_working_directory(script);
        let path = inner.or_else(|| super::paths::resolved("", script));
        if let Some(path) = path {
            shared.state().stage.remove(&path);
        }
    }
    if shared.compat() {
        let stripped = suffix::strip(&mut shared.state().stage, Mode::Compat);
        stripped.map_err(|fault| Failure::refused(fault.to_string()))?;
    }
    Ok(())
}

fn result(shared: &Shared, project: Project, template: TemplateDir, vcs: Option<Vcs>) -> Expanded {
    let state = std::mem::take(&mut *shared.state());
    Expanded {
        tree: state.stage,
        project,
        template: template.path,
        vcs,
        answers: state.answers,
        variables: state.variables,
        held: state.held,
        notices: state.notices,
        files: state.files,
    }
}
