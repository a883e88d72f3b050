// One line of JSON for each story, as planemo/harness/browser.py reads them.

export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === "test:pass" || type === "test:fail") {
      const failure = type === "test:fail" ? (data.details.error.cause?.message ?? data.details.error.message) : undefined;
      yield `${JSON.stringify({ story: data.name, seconds: data.details.duration_ms / 1000, failure })}\n`;
    } else if (type === "test:stdout" || type === "test:stderr") {
      yield data.message;
    }
  }
}
