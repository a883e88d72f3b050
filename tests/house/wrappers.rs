//! Wrappers and binaries cannot drift apart, and no text of a user reaches a command line.

use super::not_in_galaxy::NOT_IN_GALAXY;
use crate::support;
use std::collections::{BTreeSet, HashMap};

use quick_xml::Reader;
use quick_xml::events::Event;

/// Programs that are no tools of Galaxy.
const WITHOUT_WRAPPER: [&str; 1] = ["fairtracks_serve"];

/// The tools of Galaxy.
fn tools() -> Vec<String> {
    let mut tools = support::tools();
    tools.retain(|tool| !WITHOUT_WRAPPER.contains(&tool.as_str()));
    tools
}

fn binary(tool: &str) -> &'static str {
    match tool {
        "fairtracks_audit" => env!("CARGO_BIN_EXE_fairtracks_audit"),
        "fairtracks_catalog" => env!("CARGO_BIN_EXE_fairtracks_catalog"),
        "fairtracks_check" => env!("CARGO_BIN_EXE_fairtracks_check"),
        "fairtracks_convert" => env!("CARGO_BIN_EXE_fairtracks_convert"),
        "fairtracks_follow" => env!("CARGO_BIN_EXE_fairtracks_follow"),
        "fairtracks_import" => env!("CARGO_BIN_EXE_fairtracks_import"),
        "fairtracks_overlap" => env!("CARGO_BIN_EXE_fairtracks_overlap"),
        "fairtracks_package" => env!("CARGO_BIN_EXE_fairtracks_package"),
        "fairtracks_search" => env!("CARGO_BIN_EXE_fairtracks_search"),
        other => panic!("{other} has no line here"),
    }
}

/// One element of an XML file: name, attributes, and its own text.
#[derive(Debug, Clone, Default)]
struct Element {
    name: String,
    attributes: HashMap<String, String>,
    text: String,
}

/// All elements of an XML file, in the order they start.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return all,
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let is_empty = matches!(event, Event::Empty(_));
                let (Event::Start(start) | Event::Empty(start)) = event else {
                    unreachable!()
                };
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute.value.into_owned();
                    (attribute.key.0.to_owned(), value)
                });
                let name = start.name().0.to_owned();
                all.push(Element {
                    name,
                    attributes: attributes.collect(),
                    text: String::new(),
                });
                if !is_empty {
                    open.push(all.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::CData(data) => {
                all[*open.last().unwrap()].text.push_str(&data);
            }
            Event::Text(data) if !open.is_empty() => {
                all[*open.last().unwrap()].text.push_str(&data);
            }
            _ => {}
        }
    }
}

/// The files of macros, without their endings.
const MACROS: [&str; 2] = ["macros", "trackfind_server"];

fn wrapper(tool: &str) -> Vec<Element> {
    elements(&support::text(&format!("galaxy-tools/{tool}.xml")))
}

fn macros() -> impl Iterator<Item = Element> {
    MACROS.into_iter().flat_map(wrapper)
}

fn attribute<'e>(element: &'e Element, name: &str) -> &'e str {
    element.attributes.get(name).map_or("", String::as_str)
}

/// The long options in a text.
fn options(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_binary_has_a_wrapper_of_its_name() {
    for tool in tools() {
        let root = wrapper(&tool).into_iter().next().unwrap();
        assert_eq!(attribute(&root, "id"), tool);
        let version = support::run(binary(&tool), &["--version"]);
        assert_eq!(version.status, 0);
        assert_eq!(
            version.stdout,
            format!("{tool} {}\n", env!("CARGO_PKG_VERSION"))
        );
    }
}

#[test]
fn wrappers_and_binaries_know_the_same_options() {
    for tool in tools() {
        let help = support::run(binary(&tool), &["--help"]).stdout;
        let of_binary: BTreeSet<String> = help
            .lines()
            .filter(|line| line.trim_start().starts_with('-'))
            .flat_map(options)
            .collect();
        let elements = wrapper(&tool);
        let command = &elements
            .iter()
            .find(|element| element.name == "command")
            .unwrap()
            .text;
        let mut of_wrapper = options(command);
        of_wrapper.extend(
            elements
                .iter()
                .map(|element| attribute(element, "argument").to_owned()),
        );
        of_wrapper.remove("");
        let unknown: Vec<&String> = of_wrapper.difference(&of_binary).collect();
        assert!(unknown.is_empty(), "{tool} does not know {unknown:?}");
        let left_out = of_binary
            .difference(&of_wrapper)
            .filter(|o| NOT_IN_GALAXY.iter().all(|(known, _)| known != o));
        let left_out: Vec<&String> = left_out.collect();
        assert!(
            left_out.is_empty(),
            "the wrapper of {tool} lacks {left_out:?}"
        );
    }
}

#[test]
fn no_text_of_a_user_reaches_a_command_line() {
    for tool in tools() {
        let mut elements = wrapper(&tool);
        let command = elements
            .iter()
            .find(|element| element.name == "command")
            .unwrap()
            .text
            // What stands in a data table is the administrator's.
            .replace(".fields.path", "");
        elements.extend(macros());
        let texts = elements
            .iter()
            .filter(|element| element.name == "param" && attribute(element, "type") == "text");
        for text in texts {
            let name = attribute(text, "name");
            let name = if name.is_empty() {
                attribute(text, "argument").trim_start_matches('-')
            } else {
                name
            };
            let mentioned = command.match_indices('$').any(|(at, _)| {
                command[at + 1..]
                    .split(|c: char| !c.is_alphanumeric() && !"_.{".contains(c))
                    .next()
                    .unwrap()
                    .split(['.', '{'])
                    .any(|word| word == name)
            });
            assert!(!mentioned, "{tool}: the command holds the text {name}");
        }
        assert!(
            !command.contains("element_identifier") && !command.contains(".name"),
            "{tool}: names are text of the user"
        );
    }
}

#[test]
fn values_of_options_are_quoted_in_the_same_way() {
    for tool in tools() {
        let elements = wrapper(&tool);
        let command = elements.iter().find(|element| element.name == "command");
        for line in command.unwrap().text.lines().map(str::trim) {
            let value = line
                .strip_prefix("--")
                .and_then(|option| option.split_once(' '))
                .map_or("", |(_, value)| value);
            let is_quoted = value.starts_with('\'') && value.ends_with('\'');
            assert!(
                !value.contains('$') || is_quoted,
                "{tool}: found {line}, expected the value in single quotes"
            );
        }
    }
}

#[test]
fn text_is_neither_changed_nor_lost_on_its_way() {
    let mut elements: Vec<Element> = macros().collect();
    for tool in tools() {
        elements.extend(wrapper(&tool));
    }
    let is_text =
        |element: &&Element| element.name == "param" && attribute(element, "type") == "text";
    let texts = elements.iter().filter(is_text).count();
    let exact = elements
        .iter()
        .filter(|element| element.name == "expand" && attribute(element, "macro") == "any_text")
        .count();
    assert_eq!(
        texts, exact,
        "every text parameter expands the macro `any_text`, which switches the sanitizer off"
    );
}

#[test]
fn what_is_picked_from_a_list_of_others_reaches_a_tool_unchanged() {
    let files = tools();
    let files = files.iter().map(String::as_str).chain(MACROS);
    let mut lists = 0;
    for file in files {
        let text = support::text(&format!("galaxy-tools/{file}.xml"));
        for list in text.split("<options from_").skip(1) {
            let parameter = list.split("</param>").next().unwrap();
            assert!(
                parameter.contains("<sanitizer sanitize=\"false\"/>"),
                "{file}: Galaxy writes X for characters that it does not know: {parameter}"
            );
            lists += 1;
        }
    }
    assert!(lists > 0, "no wrapper has such a list");
}

#[test]
fn no_path_of_a_file_travels_in_a_form() {
    for tool in tools() {
        let forms = wrapper(&tool).into_iter().filter(|element| {
            element.name == "inputs" && !attribute(element, "filename").is_empty()
        });
        for form in forms {
            assert_eq!(
                attribute(&form, "data_style"),
                "",
                "{tool}: a job that runs elsewhere has its files under other paths"
            );
        }
    }
}

#[test]
fn names_of_inputs_reach_a_tool_as_json_and_unchanged() {
    for tool in tools() {
        let files = wrapper(&tool).into_iter().filter(|element| {
            element.name == "configfile" && element.text.contains("element_identifier")
        });
        for file in files {
            assert!(
                file.text.contains("\"unsanitized\""),
                "{tool}: Galaxy writes X for characters that it does not know"
            );
            assert!(
                file.text.contains("$json.dumps("),
                "{tool}: a name may hold quotes and line breaks"
            );
        }
    }
}

#[test]
fn a_tool_that_names_its_outputs_is_told_all_their_names() {
    let mut told = 0;
    for tool in tools() {
        let elements = wrapper(&tool);
        let is_named =
            |e: &&Element| e.name == "command" && e.text.contains("--output-names output_names");
        if !elements.iter().any(|element| is_named(&element)) {
            continue;
        }
        let data = elements.iter().filter(|element| element.name == "data");
        let outputs: BTreeSet<&str> = data.map(|data| attribute(data, "name")).collect();
        let names = elements
            .iter()
            .find(|element| attribute(element, "macro") == "output_names");
        let names = names.unwrap_or_else(|| panic!("{tool} lacks the macro output_names"));
        let listed: BTreeSet<&str> = attribute(names, "outputs").split(' ').collect();
        assert_eq!(listed, outputs, "{tool}");
        // The labels of the wrapper begin with the name of the tool, by which the binary knows them.
        assert_eq!(
            attribute(&elements[0], "name"),
            tool.replacen("fairtracks_", "FAIRtracks ", 1)
        );
        told += 1;
    }
    assert!(told >= 3, "{told}");
}

#[test]
fn every_macro_is_used() {
    let everything: String = tools()
        .iter()
        .map(String::as_str)
        .chain(MACROS)
        .map(|file| support::text(&format!("galaxy-tools/{file}.xml")))
        .collect();
    for element in &macros().collect::<Vec<_>>() {
        let name = attribute(element, "name");
        let is_used = match element.name.as_str() {
            "xml" => everything.contains(&format!("macro=\"{name}\"")),
            "token" => everything.matches(name).count() > 1,
            _ => true,
        };
        assert!(is_used, "the macro {name} is used nowhere");
    }
}

#[test]
fn the_version_is_the_same_everywhere() {
    let of = |path: &str, start: &str, end: &str| -> String {
        let text = support::text(path);
        let at = text
            .find(start)
            .unwrap_or_else(|| panic!("{path} has no {start}"))
            + start.len();
        text[at..].split(end).next().unwrap().to_owned()
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        of("galaxy-tools/macros.xml", "name=\"@TOOL_VERSION@\">", "<"),
        version
    );
    assert_eq!(of("CITATION.cff", "\nversion: ", "\n"), version);
    assert!(support::text("CHANGELOG.md").contains(&format!("## {version}")));
}
