//! Every parameter of a form is set in a test of its wrapper.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::support;

/// An element of an XML file with what is in it.
#[derive(Debug, Clone, Default)]
struct Node {
    name: String,
    attributes: HashMap<String, String>,
    children: Vec<Node>,
}

impl Node {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.value.into_owned();
            (attribute.key.0.to_owned(), value)
        });
        Node {
            name: start.name().0.to_owned(),
            attributes: attributes.collect(),
            children: Vec::new(),
        }
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// All elements of a name in it, none within another.
    fn all<'n>(&'n self, name: &str, found: &mut Vec<&'n Node>) {
        for child in &self.children {
            match child.name == name {
                true => found.push(child),
                false => child.all(name, found),
            }
        }
    }

    /// The name of a parameter or a group of them; an argument without a name is one.
    fn parameter(&self) -> String {
        match self.attribute("name") {
            "" => self
                .attribute("argument")
                .trim_start_matches('-')
                .replace('-', "_"),
            name => name.to_owned(),
        }
    }
}

/// The elements of an XML file, in one without a name.
fn tree(xml: &str) -> Node {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return open.pop().unwrap(),
            Event::Start(start) => open.push(Node::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(Node::of(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            _ => {}
        }
    }
}

/// Macros by their names.
type Macros = HashMap<String, Node>;

/// What elements become where macros and their tokens are filled in; `yielded` is what the use of a macro holds.
fn expanded(
    nodes: &[Node],
    macros: &Macros,
    tokens: &[(String, String)],
    yielded: &[Node],
) -> Vec<Node> {
    let mut all = Vec::new();
    for node in nodes {
        let mut node = node.clone();
        for value in node.attributes.values_mut() {
            for (token, text) in tokens {
                *value = value.replace(token, text);
            }
        }
        let inside = expanded(&node.children, macros, tokens, yielded);
        match node.name.as_str() {
            "yield" => all.extend(yielded.iter().cloned()),
            "expand" => {
                let of = node.attribute("macro");
                let one = macros.get(of).unwrap_or_else(|| panic!("no macro {of}"));
                let tokens = tokens_of(one, &node);
                all.extend(expanded(&one.children, macros, &tokens, &inside));
            }
            _ => {
                node.children = inside;
                all.push(node);
            }
        }
    }
    all
}

/// The tokens of a macro with their values where it is used.
fn tokens_of(one: &Node, used: &Node) -> Vec<(String, String)> {
    let own = one.attributes.iter();
    let own = own.filter_map(|(key, value)| Some((key.strip_prefix("token_")?, value)));
    let mut values: HashMap<&str, &String> = own.collect();
    let given = used.attributes.iter();
    values.extend(given.map(|(key, value)| (key.strip_prefix("token_").unwrap_or(key), value)));
    let as_token =
        |(key, value): (&str, &String)| (format!("@{}@", key.to_uppercase()), value.clone());
    values.into_iter().map(as_token).collect()
}

/// The parameters among elements by their paths, `conditional.section.parameter`.
fn parameters(nodes: &[Node], path: &str, found: &mut BTreeSet<String>) {
    for node in nodes {
        let inner = match path {
            "" => node.parameter(),
            _ => format!("{path}.{}", node.parameter()),
        };
        match node.name.as_str() {
            "param" => drop(found.insert(inner)),
            "conditional" | "section" | "repeat" => parameters(&node.children, &inner, found),
            "when" => parameters(&node.children, path, found),
            _ => {}
        }
    }
}

/// The XML of a wrapper with its macros and the tests with a server, which stand in a folder of their own.
fn whole(tool: &str) -> Node {
    let wrapper = tree(&support::text(&format!("galaxy-tools/{tool}.xml")));
    let text = support::text(&format!("galaxy-tools/{tool}.xml"));
    let imported = text.split("<import>").skip(1);
    let imported = imported.map(|rest| rest.split("</import>").next().unwrap());
    let mut files: Vec<Node> = imported
        .map(|file| tree(&support::text(&format!("galaxy-tools/{file}"))))
        .collect();
    files.push(wrapper.clone());
    let served = support::project(&format!("planemo/wrapper_tests/{tool}.xml"));
    let served = fs::read_to_string(served).map(|xml| tree(&xml)).ok();
    files.extend(served.clone());
    let mut macros = Macros::new();
    for file in &files {
        let mut found = Vec::new();
        file.all("xml", &mut found);
        let named = found.into_iter();
        macros.extend(named.map(|one| (one.attribute("name").to_owned(), one.clone())));
    }
    let mut top = wrapper.children[0].children.clone();
    top.retain(|node| node.name != "macros");
    let mut children = expanded(&top, &macros, &[], &[]);
    for file in served.iter().flat_map(|file| &file.children) {
        for one in file.children.iter().filter(|one| one.name == "xml") {
            children.extend(expanded(&one.children, &macros, &[], &[]));
        }
    }
    Node {
        children,
        ..Node::default()
    }
}

#[test]
fn every_parameter_is_set_in_a_test_of_its_wrapper() {
    let mut lacking = Vec::new();
    let mut count = 0;
    for tool in support::tools() {
        if tool == "fairtracks_serve" {
            continue;
        }
        let whole = whole(&tool);
        let mut inputs = Vec::new();
        let is_form = |node: &&Node| node.name == "inputs";
        let forms = whole.children.iter().filter(is_form);
        inputs.extend(forms.flat_map(|form| form.children.iter().cloned()));
        let mut wanted = BTreeSet::new();
        parameters(&inputs, "", &mut wanted);
        let mut tests = Vec::new();
        whole.all("test", &mut tests);
        let mut set = BTreeSet::new();
        for test in tests {
            parameters(&test.children, "", &mut set);
        }
        count += wanted.len();
        let is_set = |path: &String| {
            // A test may name a parameter without its groups.
            let name = path.rsplit('.').next().unwrap();
            set.contains(path) || set.contains(name)
        };
        let others = wanted.into_iter().filter(|path| !is_set(path));
        lacking.extend(others.map(|path| format!("{tool}: {path}")));
    }
    assert!(count > 100, "{count}");
    assert!(lacking.is_empty(), "set in no test: {lacking:#?}");
}
