//! Versions of the tools that come with Galaxy. Records of jobs have none; the id of a tool from a Tool Shed contains it.
//!
//! Galaxy names the version of one job where it is asked for the form to run that job again, in a fifth of a second. So of the
//! jobs of a tool the first and the last are asked: if they agree, and no other version is installed, those in between agree
//! too; else the middle one is asked, and so on.

use super::answers::RerunAnswer;
use super::request::Galaxy;
use crate::galaxy::lineage::Job;

/// How many forms are asked for in all.
const MOST_FORMS: usize = 60;

/// Fills in the versions of tools, as far as they are proven.
pub(super) fn fill(galaxy: &Galaxy, jobs: &mut [Job]) {
    for job in jobs.iter_mut() {
        if job.tool_version.is_empty()
            && let Some((address, version)) = job.tool_id.rsplit_once('/')
            && address.contains("/repos/")
        {
            job.tool_version = version.to_owned();
        }
    }
    let mut unknown: Vec<&mut Job> = jobs
        .iter_mut()
        .filter(|job| job.tool_version.is_empty() && !job.tool_id.starts_with("__"))
        .collect();
    unknown.sort_by(|a, b| (&a.tool_id, &a.start, &a.id).cmp(&(&b.tool_id, &b.start, &b.id)));
    let mut forms = Forms {
        galaxy,
        left: MOST_FORMS,
    };
    for same_tool in unknown.chunk_by_mut(|a, b| a.tool_id == b.tool_id) {
        forms.fill(same_tool);
    }
}

/// The forms that may still be asked for.
struct Forms<'a> {
    galaxy: &'a Galaxy,
    left: usize,
}

impl Forms<'_> {
    /// Fills in the versions of jobs of one tool, the oldest first.
    fn fill(&mut self, jobs: &mut [&mut Job]) {
        let Some((first, rest)) = jobs.split_first_mut() else {
            return;
        };
        let oldest = self.ask(first);
        let Some((last, between)) = rest.split_last_mut() else {
            return;
        };
        let newest = self.ask(last);
        match (oldest, newest) {
            (Some((old, true)), Some((new, true))) if old == new => {
                for job in between {
                    job.tool_version.clone_from(&new);
                }
            }
            _ if self.left > 0 => {
                let (before, after) = between.split_at_mut(between.len() / 2);
                self.fill(before);
                self.fill(after);
            }
            _ => {}
        }
    }

    /// The version of the tool that ran a job, and whether no other is installed.
    fn ask(&mut self, job: &mut Job) -> Option<(String, bool)> {
        self.left = self.left.checked_sub(1)?;
        let path = ["jobs", &job.id, "build_for_rerun"];
        let answer: RerunAnswer = self.galaxy.ask(&path, &[]).ok()?;
        let is_only = answer.versions.as_ref().is_some_and(|all| all.len() == 1);
        let version = answer.version_of_job()?;
        job.tool_version.clone_from(&version);
        Some((version, is_only))
    }
}
