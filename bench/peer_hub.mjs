// What a script with the Hub's own JavaScript library would do: for each model the record, the card and the license.
//
//   node peer_hub.mjs BASE IDS IN_FLIGHT     writes a line a model: id and license
import { readFileSync } from "node:fs";
import { downloadFile, modelInfo } from "@huggingface/hub";

const [hubUrl, list, inFlight] = process.argv.slice(2);
const models = readFileSync(list, "utf8").split("\n").filter(Boolean);

async function look(name) {
  const info = await modelInfo({ name, hubUrl, additionalFields: ["cardData", "tags", "sha"] });
  for (const path of ["README.md", "LICENSE"]) {
    const file = await downloadFile({ repo: { type: "model", name }, path, hubUrl });
    if (!file) throw new Error(`${name} has no ${path}`);
    await file.arrayBuffer();
  }
  console.log(name, info.cardData.license);
}

async function worker(queue) {
  for (const name of queue) await look(name);
}

const queue = models.values(); // one iterator for all workers
await Promise.all(Array.from({ length: Number(inFlight) }, () => worker(queue)));
