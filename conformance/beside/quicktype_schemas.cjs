// Writes quicktype.json beside each halves/<seed>/<provider>/bodies.json: a schema for each event.

const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { InputData, jsonInputForTargetLanguage, quicktype } = require("quicktype-core");

async function schema(bodies) {
    const input = jsonInputForTargetLanguage("schema");
    await input.addSource({ name: "Event", samples: bodies.map((body) => JSON.stringify(body)) });
    const inputData = new InputData();
    inputData.addInput(input);
    const { lines } = await quicktype({ inputData, lang: "schema" });
    return JSON.parse(lines.join("\n"));
}

async function main(halves) {
    for (const seed of readdirSync(halves)) {
        for (const provider of readdirSync(join(halves, seed))) {
            const folder = join(halves, seed, provider);
            const events = JSON.parse(readFileSync(join(folder, "bodies.json")));
            const schemas = {};
            for (const [event, bodies] of Object.entries(events)) {
                schemas[event] = await schema(bodies);
            }
            writeFileSync(join(folder, "quicktype.json"), JSON.stringify(schemas));
        }
    }
}

main(process.argv[2]);
