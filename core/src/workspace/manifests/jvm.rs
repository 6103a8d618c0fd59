//! pom.xml, Gradle builds and version catalogs. A dependency is named `group:artifact`.

use super::{Parsed, toml};
use crate::repository::{Dependency, Manifest};
use crate::source::Span;
use crate::workspace::scan::{self, Xml};

/// pom.xml: dependencies and plugins, managed ones too, with the parent.
pub(super) fn pom_xml(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "java".to_owned(), ..Manifest::default() };
    let mut above: Vec<&str> = Vec::new();
    let mut open: Option<Artifact<'_>> = None;
    for piece in scan::xml(text) {
        match piece {
            Xml::Open { name, at, .. } => {
                above.push(name);
                if matches!(name, "dependency" | "plugin" | "parent") {
                    open = Some(Artifact { depth: above.len(), at, ..Artifact::default() });
                }
            }
            Xml::Close { name, end } => {
                if let Some(artifact) = open.take_if(|artifact| artifact.depth == above.len()) {
                    manifest.dependencies.extend(artifact.dependency(end));
                }
                if above.last() == Some(&name) {
                    above.pop();
                }
            }
            Xml::Text(value) => {
                let name = above.last().copied().unwrap_or_default();
                if let Some(artifact) = open.as_mut().filter(|artifact| artifact.depth + 1 == above.len()) {
                    match name {
                        "groupId" => artifact.group = value,
                        "artifactId" => artifact.name = value,
                        "version" => artifact.version = Some(value),
                        _ => {}
                    }
                }
                if manifest.language_version.is_none() && is_java_version(name) && !value.starts_with('$') {
                    manifest.language_version = Some(scan::dependency("java", Some(value), scan::span(value, text)));
                }
            }
        }
    }
    if manifest
        .dependencies
        .iter()
        .any(|dependency| dependency.name.starts_with("org.jetbrains.kotlin:kotlin-maven-plugin"))
    {
        manifest.language = "kotlin".to_owned();
    }
    manifest.into()
}

fn is_java_version(element: &str) -> bool {
    matches!(
        element,
        "java.version" | "maven.compiler.release" | "maven.compiler.target" | "maven.compiler.source" | "release"
    )
}

#[derive(Debug, Default)]
struct Artifact<'a> {
    depth: usize,
    at: usize,
    group: &'a str,
    name: &'a str,
    version: Option<&'a str>,
}

impl Artifact<'_> {
    fn dependency(self, end: usize) -> Option<Dependency> {
        let Self { group, name, version, at, .. } = self;
        let name = if group.is_empty() { name.to_owned() } else { format!("{group}:{name}") };
        (!self.name.is_empty()).then(|| scan::dependency(&name, version, Span::new(at, end)))
    }
}

/// build.gradle and build.gradle.kts: coordinates in strings, `group:/name:` pairs, plugins, and
/// aliases of the version catalog such as `libs.spring.boot.web`.
pub(super) fn build_gradle(text: &str) -> Parsed {
    let mut manifest = Manifest { language: "java".to_owned(), ..Manifest::default() };
    for line in scan::lines(text) {
        let code = scan::before_comment(line.text, "//").trim();
        if code.starts_with('*') || code.starts_with("/*") {
            continue;
        }
        if code.contains("kotlin(\"") || code.contains("org.jetbrains.kotlin") || code.contains("kotlin-jvm") {
            manifest.language = "kotlin".to_owned();
        }
        manifest.dependencies.extend(gradle_dependencies(code, text));
        if manifest.language_version.is_none() {
            manifest.language_version =
                gradle_java(code).map(|version| scan::dependency("java", Some(version), scan::span(version, text)));
        }
    }
    manifest.into()
}

fn gradle_dependencies(code: &str, text: &str) -> Vec<Dependency> {
    let here = scan::span(code, text);
    let strings: Vec<&str> = scan::strings(code).collect();
    if code.contains("group:") && code.contains("name:") && strings.len() >= 2 {
        let name = format!("{}:{}", strings[0], strings[1]);
        return vec![scan::dependency(&name, strings.get(2).copied(), here)];
    }
    let mut found = Vec::new();
    let is_plugin = code.starts_with("id(") || code.starts_with("id ") || code.starts_with("apply plugin");
    if code.starts_with("kotlin(\"") && strings.len() <= 2 && code.contains("version") {
        let name = format!("org.jetbrains.kotlin.{}", strings[0]);
        return vec![scan::dependency(&name, strings.get(1).copied(), here)];
    }
    if is_plugin && let Some(name) = strings.first() {
        let version = code.contains("version").then(|| strings.get(1).copied()).flatten();
        return vec![scan::dependency(name, version, here)];
    }
    for string in strings {
        let mut parts = string.split(':');
        if let (Some(group), Some(name)) = (parts.next(), parts.next())
            && is_coordinate(group)
            && is_coordinate(name)
        {
            found.push(scan::dependency(&format!("{group}:{name}"), parts.next(), here));
        }
    }
    if let Some((_, alias)) = code.split_once("libs.")
        && !code.starts_with("import")
    {
        let end = alias
            .find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '_'))
            .unwrap_or(alias.len());
        let alias = alias[..end].trim_start_matches("plugins.").trim_start_matches("bundles.");
        if !alias.is_empty() && !alias.starts_with("versions") {
            found.push(scan::dependency(&alias.replace(['.', '_'], "-"), None, here));
        }
    }
    found
}

/// Part of a coordinate: not a URL, a project path, or a sentence.
fn is_coordinate(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// The Java version of a toolchain or of `sourceCompatibility`.
fn gradle_java(code: &str) -> Option<&str> {
    const MARKS: &[&str] = &["JavaLanguageVersion.of(", "jvmToolchain(", "sourceCompatibility", "JavaVersion.VERSION_"];
    let rest = MARKS.iter().find_map(|mark| code.split_once(mark)).map(|(_, rest)| rest)?;
    let rest = rest.split_once("VERSION_").map_or(rest, |(_, rest)| rest);
    let start = rest.find(|letter: char| letter.is_ascii_digit())?;
    let digits = &rest[start..];
    let end =
        digits.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '_')).unwrap_or(digits.len());
    Some(&digits[..end])
}

/// gradle/libs.versions.toml: libraries and plugins by coordinate and by alias.
pub(super) fn version_catalog(text: &str) -> Parsed {
    let (root, problem) = toml::parse(text);
    let root = root.get_ref();
    let mut manifest = Manifest { language: "java".to_owned(), ..Manifest::default() };
    for (section, key) in [("libraries", "module"), ("plugins", "id")] {
        for entry in toml::entries(root, &[section]) {
            let span = toml::entry_span(entry);
            let value = entry.1.get_ref();
            let text_at = |name: &str| {
                value.as_table().and_then(|table| toml::version(table, &[name], name)).and_then(|found| found.version)
            };
            let referred = value
                .as_table()
                .and_then(|table| toml::version(table, &["version", "ref"], "ref"))
                .and_then(|found| found.version);
            let version = text_at("version")
                .or_else(|| referred.and_then(|name| toml::version(root, &["versions", &name], "version")?.version));
            let pair = || Some(format!("{}:{}", text_at("group")?, text_at("name")?));
            let (name, version) = match value.as_str().map(|text| text.rsplit_once(':').unwrap_or((text, ""))) {
                Some((name, version)) => (Some(name.to_owned()), Some(version.to_owned())),
                None => (text_at(key).or_else(pair), version),
            };
            let Some(name) = name else { continue };
            if name.contains("kotlin") && section == "plugins" {
                manifest.language = "kotlin".to_owned();
            }
            manifest.dependencies.push(scan::dependency(&name, version.as_deref(), span));
            manifest.dependencies.push(scan::dependency(entry.0.get_ref(), version.as_deref(), span));
        }
    }
    Parsed { manifest: super::in_order(manifest), problem, package: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pom_with_parent_managed_and_excluded() {
        let text = "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.4.0</version></parent>\n\
            <properties><java.version>21</java.version></properties>\n<dependencies>\n\
            <!-- <dependency><artifactId>gone</artifactId></dependency> -->\n\
            <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId>\n\
            <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>\n\
            </dependencies></project>";
        let parsed = pom_xml(text);
        assert_eq!(
            parsed.found(),
            [
                ("org.springframework.boot:spring-boot-starter-parent", Some("3.4.0")),
                ("org.postgresql:postgresql", None)
            ]
        );
        assert!(parsed.manifest.dependencies[1].is_named("postgresql"));
        assert!(parsed.manifest.dependencies[1].span.text(text).starts_with("<dependency>"));
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some("21"));
    }

    #[test]
    fn gradle_in_both_languages() {
        let text = "plugins {\n    id(\"org.springframework.boot\") version \"3.4.0\"\n    kotlin(\"jvm\") version \"2.1.0\"\n    alias(libs.plugins.ktlint)\n}\n\
            java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n\
            dependencies {\n    implementation(\"io.ktor:ktor-server-core:3.0.1\") // web\n    testImplementation 'org.junit.jupiter:junit-jupiter'\n\
            implementation group: 'org.slf4j', name: 'slf4j-api', version: '2.0.16'\n    implementation(libs.spring.boot.web)\n    implementation(project(\":core\"))\n}\nrepositories { maven { url = \"https://x.y/z\" } }\n";
        let parsed = build_gradle(text);
        assert_eq!(
            parsed.found(),
            [
                ("org.springframework.boot", Some("3.4.0")),
                ("org.jetbrains.kotlin.jvm", Some("2.1.0")),
                ("ktlint", None),
                ("io.ktor:ktor-server-core", Some("3.0.1")),
                ("org.junit.jupiter:junit-jupiter", None),
                ("org.slf4j:slf4j-api", Some("2.0.16")),
                ("spring-boot-web", None),
            ]
        );
        assert_eq!(parsed.manifest.language, "kotlin");
        assert_eq!(parsed.manifest.language_version.unwrap().version.as_deref(), Some("21"));
    }

    #[test]
    fn catalog_resolves_versions() {
        let text = "[versions]\nktor = \"3.0.1\"\n[libraries]\nktor-core = { module = \"io.ktor:ktor-server-core\", version.ref = \"ktor\" }\n\
            logback = \"ch.qos.logback:logback-classic:1.5.12\"\n[plugins]\nkotlin = { id = \"org.jetbrains.kotlin.jvm\", version = \"2.1.0\" }\n";
        let parsed = version_catalog(text);
        let names = parsed.found();
        assert!(names.contains(&("io.ktor:ktor-server-core", Some("3.0.1"))));
        assert!(names.contains(&("ktor-core", Some("3.0.1"))));
        assert!(names.contains(&("ch.qos.logback:logback-classic", Some("1.5.12"))));
        assert_eq!(parsed.manifest.language, "kotlin");
    }
}
