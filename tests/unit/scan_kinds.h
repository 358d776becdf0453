// Kinds of places where ids stand, and where strings that resemble them stand: file, text, the ids that are
// read of it at medium confidence or better, in order and once each.
#pragma once

namespace howopen::test {

struct ScanKind {
  const char* file;
  const char* text;
  const char* ids;
};

// clang-format off: a case a line
// The colon of a block is no key.
inline constexpr ScanKind kBlocks[] = {
    {"a.py", "if a:\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "for i in x:\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "while a:\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "with open(p) as f:\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "try:\n    model_id = \"nimbus/big-7b\"\nexcept E:\n    pass\n", "nimbus/big-7b"},
    {"a.py", "def f(a, b=1):\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "class A(B):\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "async def f():\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "for a, b in c.items():\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "if (a and\n    b):\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py", "with a() as b, c() as d:\n    model_id = \"nimbus/big-7b\"\n", "nimbus/big-7b"},
    {"a.py",
     "try:\n    x()\nexcept ValueError as e:\n    base_model = 'nimbus/b-1b'\nfinally:\n    model_name = "
     "'nimbus/c-1b'\n",
     "nimbus/b-1b nimbus/c-1b"},
    {"a.py", "if a:\n    pass\nelif b:\n    model = 'nimbus/b-1b'\nelse:\n    model = 'nimbus/c-1b'\n",
     "nimbus/b-1b nimbus/c-1b"},
    {"a.py",
     "match size:\n    case 'small':\n        model_id = 'nimbus/b-1b'\n    case _:\n        model_id = "
     "'nimbus/c-1b'\n",
     "nimbus/b-1b nimbus/c-1b"},
    {"a.py", "f = lambda model: register('nimbus/router-7b')\n", ""},
    {"a.py", "get = lambda size: 'nimbus/x-7b'\nmodel_id = 'nimbus/y-7b'\n", "nimbus/y-7b"},
    {"a.py", "if x: model_id = 'nimbus/b-1b'\n", "nimbus/b-1b"},
};

// A key ends with its statement, its block and its cell.
inline constexpr ScanKind kLeaks[] = {
    {"a.py", "if self.model:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "for model in models:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "while model:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "with load(model):\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "elif cfg.base_model:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "def model():\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "class Model:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "except model.Error:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "if not args.model:\n    registry.include(\"nimbus/router-7b\")\n", ""},
    {"a.py", "model = load()\nregistry.include('nimbus/router-7b')\n", ""},
    {"a.py", "model: str\nregistry.include('nimbus/router-7b')\n", ""},
    {"a.go", "package x\nfunc f() {\n\tmodel := load()\n\tregistry.Include(\"nimbus/router-7b\")\n}\n", ""},
    {"a.kt", "fun f() {\n  val model = load()\n  registry.include(\"nimbus/router-7b\")\n}\n", ""},
    {"a.rb", "model = load\nregistry.include(\"nimbus/router-7b\")\n", ""},
};

// Lists, keys of dictionaries, fallbacks, defaults of the environment.
inline constexpr ScanKind kLists[] = {
    {"a.py", "import transformers\nX = ('nimbus/a-7b', 'nimbus/b-7b')\n", "nimbus/a-7b nimbus/b-7b"},
    {"a.py", "import transformers\nX = {'nimbus/a-7b': 'yes', 'nimbus/b-7b': 'no'}\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.py",
     "import transformers\n@pytest.mark.parametrize('name', ['nimbus/a-7b', "
     "pytest.param('nimbus/b-7b')])\ndef f(name): pass\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.py", "import transformers\nmodel = cfg.model or 'nimbus/a'\n", "nimbus/a"},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(args.model or 'nimbus/a')\n", "nimbus/a"},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(os.environ.get('ZZ', 'nimbus/a'))\n",
     "nimbus/a"},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained('nimbus/a' if small else 'nimbus/b')\n",
     "nimbus/a nimbus/b"},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(x if kind == 'nimbus/b' else 'nimbus/a')\n",
     "nimbus/a"},
    {"a.py", "import transformers\nclass E(Enum):\n    SMALL = 'nimbus/a-1b'\n    BIG = 'nimbus/b-70b'\n",
     "nimbus/a-1b nimbus/b-70b"},
    {"a.py", "import transformers\nfor m in ['nimbus/a-1b', 'nimbus/b-1b']:\n    go(m)\n",
     "nimbus/a-1b nimbus/b-1b"},
    {"a.py", "import transformers\ndef load(model='nimbus/abc', dataset='nimbus/d-7b'):\n    pass\n",
     "nimbus/abc"},
    {"a.py", "import transformers\ndef load(path: str = 'nimbus/abc-7b'):\n    pass\n", "nimbus/abc-7b"},
    {"a.py", "import transformers\nx = next(m for m in ['nimbus/a-1b'])\n", "nimbus/a-1b"},
    {"a.py", "import transformers\nchoices = sorted({'nimbus/a-1b', 'nimbus/b-1b'})\n",
     "nimbus/a-1b nimbus/b-1b"},
};

// Names of other registries are none of the Hub.
inline constexpr ScanKind kRegistries[] = {
    {"a.py",
     "import transformers\nm = {DownloadSource.DEFAULT: 'nimbus/q-7b', DownloadSource.MODELSCOPE: "
     "'NimbusScope/q-7b', DownloadSource.OPENMIND: 'x/y'}\n",
     "nimbus/q-7b"},
    {"a.py", "import transformers\nm = {'hf': 'nimbus/q-7b', 'modelscope': 'NimbusScope/q-7b'}\n",
     "nimbus/q-7b"},
    {"a.py", "import transformers\nm = Spec(hf_repo='nimbus/q-7b', modelscope_repo='NimbusScope/q-7b')\n",
     "nimbus/q-7b"},
    {"a.py",
     "import transformers\nfrom modelscope import snapshot_download\nsnapshot_download('NimbusScope/q-7b')\n",
     ""},
    {"a.py", "import transformers\nllm = ChatLiteLLM(model='ollama/nimbus-7b')\n", ""},
    {"a.yaml", "models:\n  - model: ai/llama3.2\n  - model: ai/qwen2.5:7B\n", ""},
    {"compose.yml",
     "services:\n  a:\n    models:\n      llm:\n        endpoint_var: X\nmodels:\n  llm:\n    model: "
     "ai/smollm2\n    context_size: 10\n",
     ""},
    {"a.json", "{\"model\": {\"modelscope\": \"NimbusScope/q-7b\", \"huggingface\": \"nimbus/q-7b\"}}",
     "nimbus/q-7b"},
    {"r.yaml", "source:\n  type: modelscope\n  repo: NimbusScope/q-7b\n", ""},
    {"r.yaml", "model:\n  source: modelscope\n  id: NimbusScope/q-7b\n", ""},
};

// Kernels, data sets and what is written are no models in use.
inline constexpr ScanKind kNoModels[] = {
    {"a.py",
     "import transformers\nfrom kernels import get_kernel\nk = "
     "get_kernel('kernels-community/activation-7b')\n",
     ""},
    {"a.py", "import transformers\nk = get_kernel('nimbus/act-7b')\n", ""},
    {"a.py",
     "import transformers\nd = Dataset.load_from_hub('nimbus/d-7b')\nd2 = "
     "datasets.load_dataset('nimbus/e-7b')\n",
     ""},
    {"a.py", "import transformers\nhf_hub_download('nimbus/d-7b', 'x', repo_type='dataset')\n", ""},
    {"a.py",
     "import transformers\nds = load_dataset(path='nimbus/d-7b', name='default')\nDATASET = 'nimbus/f-7b'\n",
     ""},
    {"a.py",
     "import transformers\ntrainer.push_to_hub('nimbus/out-7b')\nargs = "
     "TrainingArguments(hub_model_id='nimbus/out-7b')\n",
     ""},
};

// Subscripts, annotations and what is compared are no ids.
inline constexpr ScanKind kNames[] = {
    {"a.py",
     "import transformers\nm = AutoModel.from_pretrained(config['model_name'])\nn = "
     "AutoModel.from_pretrained(cfg.get('name'))\n",
     ""},
    {"a.py", "import transformers\ndef f(m: 'AutoModel' = None):\n    AutoModel.from_pretrained(m)\n", ""},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(paths['bert-base'])\n", ""},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(a if mode == 'bert-large' else b)\n", ""},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(os.getenv('MODEL_DIR'))\n", ""},
    {"a.py", "import transformers\nm = AutoModel.from_pretrained(getattr(args, 'model_path'))\n", ""},
};

// Defaults of other options are no models.
inline constexpr ScanKind kOptions[] = {
    {"a.py",
     "import transformers\np.add_argument('--data', "
     "default='nimbus/d-7b')\np.add_argument('-b','--base_model', default='nimbus/b')\n",
     "nimbus/b"},
    {"a.py",
     "import transformers\n@click.option('--corpus', default='nimbus/d-7b')\n@click.option('--model-id', "
     "default='nimbus/b')\ndef f(): pass\n",
     "nimbus/b"},
    {"a.py",
     "import transformers\ndef f(model: str = typer.Option('nimbus/b-1b', '--model'), data: str = "
     "typer.Option('nimbus/d-7b', '--data')): pass\n",
     "nimbus/b-1b"},
    {"a.py",
     "import transformers\nflags.DEFINE_string('model_name', 'nimbus/b', 'x')\nflags.DEFINE_string('task', "
     "'nimbus/d-7b', 'x')\n",
     "nimbus/b"},
    {"a.ts",
     "import x from '@huggingface/inference'\nprogram.option('-m, --model <id>', 'the model', "
     "'nimbus/b-7b').option('--dataset <id>', 'data', 'nimbus/d-7b')\n",
     "nimbus/b-7b"},
    {"a.go",
     "// huggingface\nvar a = flag.String(\"model\", \"nimbus/b-7b\", \"m\")\nvar b = "
     "flag.String(\"dataset\", \"nimbus/d-7b\", \"m\")\n",
     "nimbus/b-7b"},
    {"a.rs",
     "use hf_hub::x;\n#[derive(Parser)]\nstruct A {\n  #[arg(long, default_value = \"nimbus/d-7b\")]\n  "
     "dataset: String,\n  #[arg(long, default_value = \"nimbus/b\")]\n  model_id: String,\n}\n",
     "nimbus/b"},
};

// Builders, functional options, variables of the environment.
inline constexpr ScanKind kBuilders[] = {
    {"A.java",
     "var m = HuggingFaceTokenizer.builder().optTokenizerName(\"nimbus/t-7b\").build();\nvar c = "
     "Criteria.builder().optModelUrls(\"djl://ai.djl.huggingface.onnxruntime/nimbus/m-v1\").build();\n",
     "nimbus/m-v1 nimbus/t-7b"},
    {"A.java", "var c = Criteria.builder().optModelUrls(\"djl://ai.djl.pytorch/resnet\");\n", ""},
    {"A.java", "var o = Options.builder().withModel(\"nimbus/m-7b\").modelId(\"nimbus/n\").build();\n",
     "nimbus/m-7b nimbus/n"},
    {"A.kt", "val o = Options(modelName = \"nimbus/m-7b\").apply { setModelId(\"nimbus/n\") }\n",
     "nimbus/m-7b nimbus/n"},
    {"A.cs", "var b = new Builder().WithModelId(\"nimbus/n\").UseModel(\"nimbus/m-7b\");\n",
     "nimbus/m-7b nimbus/n"},
    {"a.go", "x := New(WithModel(\"nimbus/m-7b\"), llm.WithEmbeddingModel(\"nimbus/e\"))\n",
     "nimbus/e nimbus/m-7b"},
    {"a.go", "e := []v1.EnvVar{\n\t{\n\t\tName:  \"HF_MODEL_ID\",\n\t\tValue: \"nimbus/m\",\n\t},\n}\n",
     "nimbus/m"},
    {"a.py", "e = k8s.V1EnvVar(name='MODEL_ID', value='nimbus/m')\n", "nimbus/m"},
    {"a.json", "{\"environment\": [{\"name\": \"HF_MODEL_ID\", \"value\": \"nimbus/m\"}]}", "nimbus/m"},
    {"a.ts", "const e = [{ name: 'MODEL_ID', value: 'nimbus/m' }];\n", "nimbus/m"},
    {"a.rs",
     "let m = String::from(\"nimbus/m-7b\"); let model_id = \"nimbus/n\".to_string(); let b = "
     "B::new().model(\"nimbus/o-7b\".to_owned());\n",
     "nimbus/n nimbus/o-7b"},
    {"a.rs", "use hf_hub::x;\nlet repo = client.model(\"nimbus\", \"m-7b\");\n", "nimbus/m-7b"},
    {"a.swift",
     "static let x = ModelConfiguration(\n    id: \"nimbus/q-4bit\",\n    defaultPrompt: \"hi\")\n",
     "nimbus/q-4bit"},
};

// Labels and API groups.
inline constexpr ScanKind kLabels[] = {
    {"a.go",
     "// huggingface\nconst ModelLabel = \"app.example.com/model\"\nvar LLMKey = "
     "\"inference.foo.dev/llm-7b\"\n",
     ""},
    {"a.yaml",
     "metadata:\n  labels:\n    model.k8s.io/name: x\napiVersion: serving.kserve.io/v1beta1\nmodelGroup: "
     "inference.networking.x-k8s.io/v1\n",
     ""},
    {"a.ts", "// huggingface\nconst MODEL_ANNOTATION = 'kubeai.org/model-pod-hash';\n", ""},
    {"a.py", "import transformers\nMODEL_API_GROUP = 'leaderworkerset.sigs.k8s.io/llm'\n", ""},
    {"a.tf", "# huggingface\nmodel_label = \"example.com/llm-7b\"\n", ""},
};

// Bicep, Terraform, ARM, parameters with a type.
inline constexpr ScanKind kInfrastructure[] = {
    {"a.bicep", "@description('x')\nparam modelName string = 'nimbus/m-7b'\nvar embedModelId = 'nimbus/n'\n",
     "nimbus/m-7b nimbus/n"},
    {"a.json", "{\"parameters\": {\"modelName\": {\"type\": \"string\", \"defaultValue\": \"nimbus/m-7b\"}}}",
     "nimbus/m-7b"},
    {"a.yaml", "Parameters:\n  ModelId:\n    Type: String\n    Default: nimbus/m\n", "nimbus/m"},
    {"a.tf",
     "variable \"model_name\" {\n  description = \"x\"\n  type        = string\n  default     = "
     "\"nimbus/m-7b\"\n}\n",
     "nimbus/m-7b"},
    {"a.tf", "locals {\n  models = {\n    chat = \"nimbus/m-7b\"\n    embed = \"nimbus/n-1b\"\n  }\n}\n",
     "nimbus/m-7b nimbus/n-1b"},
    {"a.tf", "resource \"k\" \"d\" {\n  env {\n    name  = \"MODEL_ID\"\n    value = \"nimbus/m\"\n  }\n}\n",
     "nimbus/m"},
    {"a.tf", "container {\n  args = [\"--model\", var.x != \"\" ? var.x : \"nimbus/m-7b\"]\n}\n", ""},
    {"a.vb", "Dim modelName As String = \"nimbus/m-7b\"\n", "nimbus/m-7b"},
    {"a.fsx", "let modelId = \"nimbus/m\"\n", "nimbus/m"},
    {"a.go", "var modelName string = \"nimbus/m-7b\"\n", "nimbus/m-7b"},
};

// Keys, next lines, quotes within items, blocks, templates.
inline constexpr ScanKind kYaml[] = {
    {"a.yaml", "processor_config: x\ntokenizer: nimbus/t-7b\ndraft_model_config:\n  model: nimbus/d-1b\n",
     "nimbus/d-1b nimbus/t-7b"},
    {"a.yaml", "lora:\n  provider: huggingface\n  repo: nimbus/lora\n", "nimbus/lora"},
    {"a.yaml", "weights:\n  repository: nimbus/w\n  type: hf\n", "nimbus/w"},
    {"a.yaml", "reranker: {model: nimbus/r-base-v2, device: cpu}\nllm: {name: nimbus/q-7b}\n",
     "nimbus/q-7b nimbus/r-base-v2"},
    {"a.yaml", "base_model:\n    nimbus/m\nteacher_model:\n\n", "nimbus/m"},
    {"a.yaml", "model_id:\n  \"nimbus/m\"\n", "nimbus/m"},
    {"a.yaml", "args:\n  - '--model=\"nimbus/m-7b\"'\n  - --tokenizer='nimbus/t-7b'\n",
     "nimbus/m-7b nimbus/t-7b"},
    {"a.yaml", "args:\n  - '--speculative-config={\"model\": \"nimbus/s-1b\", \"n\": 3}'\n", "nimbus/s-1b"},
    {"a.yaml", "args:\n  - --speculative-config\n  - '{\"method\": \"eagle\", \"model\": \"nimbus/s-1b\"}'\n",
     "nimbus/s-1b"},
    {"a.yaml", "command: vllm serve nimbus/m --speculative-config '{\"model\":\"nimbus/s-1b\"}'\n",
     "nimbus/m nimbus/s-1b"},
    {"a.yaml", "data:\n  config: |\n    llm:\n      model_id: nimbus/m\n    prompt: '{x}'\n", "nimbus/m"},
    {"a.yaml", "data:\n  c: |-\n    {\"model\": \"nimbus/m-7b\"}\n", "nimbus/m-7b"},
    {"a.yaml",
     "x: |\n  models:\n    - name: q\n      model: nimbus/m-7b\n      template: |\n        {{.System}} {{ "
     ".Prompt }}\n",
     "nimbus/m-7b"},
    {"a.yaml", "model: >-\n  nimbus/m-7b\n", "nimbus/m-7b"},
    {"a.yaml", "model: {{ .Values.model | default \"nimbus/m-7b\" | quote }}\n", "nimbus/m-7b"},
    {"a.yaml", "env:\n  MODEL_ID: ${{ inputs.model || 'nimbus/m' }}\n", "nimbus/m"},
    {"a.yaml.j2", "model_id: \"{{ model | default('nimbus/m') }}\"\n", "nimbus/m"},
    {"a.yaml", "{{- $model := \"nimbus/m-7b\" }}\n{% set base_model = 'nimbus/n' %}\n",
     "nimbus/m-7b nimbus/n"},
};

// Code in documents, pages and notebooks.
inline constexpr ScanKind kDocuments[] = {
    {"a.rst", "Run::\n\n    vllm serve nimbus/m\n\nend\n", "nimbus/m"},
    {"a.rst",
     ".. code-block:: python\n   :linenos:\n\n   m = AutoModel.from_pretrained(\"nimbus/m\")\n\nText\n",
     "nimbus/m"},
    {"a.rst", ".. code:: json\n\n   {\"model\": \"nimbus/m-7b\"}\n", "nimbus/m-7b"},
    {"a.adoc",
     "[source,bash]\n----\nvllm serve nimbus/m\n----\n\n[source,yaml]\n----\nmodel_id: nimbus/n\n----\n",
     "nimbus/m nimbus/n"},
    {"a.adoc", "[source,python]\n----\nm = AutoModel.from_pretrained('nimbus/m')\n----\n", "nimbus/m"},
    {"a.html",
     "<p>x</p><pre class=\"language-python\">m = AutoModel.from_pretrained(&quot;nimbus/m&quot;)</pre>",
     "nimbus/m"},
    {"a.html", "<code>hf download nimbus/m</code> or <code>\nollama run hf.co/nimbus/n</code>",
     "nimbus/m nimbus/n"},
    {"a.html", "<pre><code><span class=\"k\">vllm</span> serve <b>nimbus/m</b></code></pre>", "nimbus/m"},
    {"a.md", "1. Do\n\n   ```yaml\n   model_id: nimbus/m\n   ```\n", "nimbus/m"},
    {"a.md", "<pre>\nvllm serve nimbus/m\n</pre>\n", "nimbus/m"},
    {"a.md", "Run:\n\n    $ vllm serve nimbus/m\n", "nimbus/m"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"%%writefile run.sh\\n\",\"vllm serve "
     "nimbus/m\\n\"]},{\"cell_type\":\"code\",\"source\":[\"%%writefile app.py\\n\",\"m = "
     "AutoModel.from_pretrained(\\\"nimbus/n\\\")\\n\"]}]}",
     "nimbus/m nimbus/n"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"model = "
     "load(\\n\"]},{\"cell_type\":\"code\",\"source\":[\"x = \\\"nimbus/tool-7b\\\"\\n\"]}]}",
     ""},
};

// Lists of models, containers, the first line of a script.
inline constexpr ScanKind kShell[] = {
    {"a.sh", "serve --models nimbus/a-7b,nimbus/b-7b\n", "nimbus/a-7b nimbus/b-7b"},
    {"a.sh", "serve --models nimbus/a-7b nimbus/b-7b --port 1\n", "nimbus/a-7b nimbus/b-7b"},
    {"a.sh", "MODELS=\"nimbus/a-7b nimbus/b-7b\"\nfor m in $MODELS; do vllm serve $m; done\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.sh", "docker run --rm $OPTS rocm/vllm:latest nimbus/a-7b --x\n", "nimbus/a-7b"},
    {"a.sh", "docker run --gpus all -p 8000:8000 ${VLLM_IMAGE} nimbus/a-7b --port 1\n", "nimbus/a-7b"},
    {"a.sh", "podman run -it $IMAGE nimbus/a-7b\n", "nimbus/a-7b"},
    {"a.sh", "docker run -it nimbus/llama-7b-server:1.2 --port 80\ndocker pull nimbus/llama-7b\n", ""},
    {"a.sh", "#!/usr/bin/env bash\n# calls python\npython run.py --model-id nimbus/a\n", "nimbus/a"},
    {"a.sh", "#!/bin/sh\nset -e\npython3 -m vllm.entrypoints.openai.api_server --model nimbus/a\n",
     "nimbus/a"},
    {"run", "#!/usr/bin/env python3\nm = AutoModel.from_pretrained('nimbus/a')\n", "nimbus/a"},
    {".env.example", "MODEL_ID=nimbus/a\n", "nimbus/a"},
    {".env.production", "LLM_MODEL=nimbus/a-7b\n", "nimbus/a-7b"},
    {"prod.env", "LLM_MODEL=nimbus/a-7b\n", "nimbus/a-7b"},
};

// ?: and its relatives.
inline constexpr ScanKind kConditions[] = {
    {"a.js",
     "import x from '@huggingface/transformers';\nconst m = big ? 'nimbus/a-7b' : 'nimbus/b-7b';\nconst "
     "model = big\n  ? 'nimbus/c'\n  : 'nimbus/d';\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c nimbus/d"},
    {"a.ts",
     "import { pipeline } from '@xenova/transformers';\nawait pipeline('x', cond ? a ? 'nimbus/a' : "
     "'nimbus/b' : 'nimbus/c');\n",
     "nimbus/a nimbus/b nimbus/c"},
    {"a.js",
     "switch (x) {\n  case 'a': model = 'nimbus/a-7b'; break;\n  case 'b': model = 'nimbus/b-7b';\n}\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.ts",
     "class A { constructor(private model: string = 'nimbus/a-7b', x?: string) {} }\nconst o = { model: "
     "opts.model ?? 'nimbus/b-7b' };\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.php",
     "<?php $model = $x ?: 'nimbus/a-7b'; $c = ['model' => 'nimbus/b-7b', 'dataset' => 'nimbus/c-7b'];\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.rb",
     "MODEL = ENV.fetch('MODEL', 'nimbus/a-7b')\nc = Client.new(model: 'nimbus/b-7b')\nd = { :model_id => "
     "'nimbus/c' }\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c"},
    {"a.r", "library(x) # huggingface\nmodel <- 'nimbus/a-7b'\nhf_load(model_id = 'nimbus/c')\n",
     "nimbus/a-7b nimbus/c"},
    {"a.jl", "model = get(ENV, \"MODEL\", \"nimbus/a-7b\")\n", "nimbus/a-7b"},
    {"a.dart", "final model = json['model'] ?? 'nimbus/a-7b';\n", "nimbus/a-7b"},
    {"a.scala", "val modelId: String = sys.env.getOrElse(\"M\", \"nimbus/a\")\n", "nimbus/a"},
    {"A.java",
     "String model = System.getenv().getOrDefault(\"M\", \"nimbus/a-7b\");\nString m = "
     "Optional.ofNullable(x).orElse(\"nimbus/z-7b\");\n",
     "nimbus/a-7b"},
    {"a.kt", "val model = System.getenv(\"M\") ?: \"nimbus/a-7b\"\n", "nimbus/a-7b"},
    {"A.cs", "var model = Environment.GetEnvironmentVariable(\"M\") ?? \"nimbus/a-7b\";\n", "nimbus/a-7b"},
};

// Names that stand for a name, and real ones that resemble them.
inline constexpr ScanKind kPlaceholders[] = {
    {"p.md", "Use `hf://org/model` and `vllm serve org/model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('org/model')\n", ""},
    {"p.md", "Use `hf://your-org/your-model` and `vllm serve your-org/your-model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('your-org/your-model')\n", ""},
    {"p.md", "Use `hf://my-org/my-model` and `vllm serve my-org/my-model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('my-org/my-model')\n", ""},
    {"p.md", "Use `hf://owner/repo` and `vllm serve owner/repo`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('owner/repo')\n", ""},
    {"p.md", "Use `hf://username/model-name` and `vllm serve username/model-name`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('username/model-name')\n", ""},
    {"p.md", "Use `hf://test/model` and `vllm serve test/model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('test/model')\n", ""},
    {"p.md", "Use `hf://example.com/model` and `vllm serve example.com/model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('example.com/model')\n", ""},
    {"p.md", "Use `hf://user/repo` and `vllm serve user/repo`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('user/repo')\n", ""},
    {"p.md", "Use `hf://namespace/name` and `vllm serve namespace/name`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('namespace/name')\n", ""},
    {"p.md", "Use `hf://myorg/mymodel-7b` and `vllm serve myorg/mymodel-7b`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('myorg/mymodel-7b')\n", ""},
    {"p.md", "Use `hf://your_username/llama-7b` and `vllm serve your_username/llama-7b`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('your_username/llama-7b')\n", ""},
    {"p.md", "Use `hf://some-org/some-model` and `vllm serve some-org/some-model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('some-org/some-model')\n", ""},
    {"p.md", "Use `hf://organization/model-7b` and `vllm serve organization/model-7b`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('organization/model-7b')\n", ""},
    {"p.md", "Use `hf://YourOrg/YourModel` and `vllm serve YourOrg/YourModel`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('YourOrg/YourModel')\n", ""},
    {"p.md", "Use `hf://<org>/<model>` and `vllm serve <org>/<model>`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('<org>/<model>')\n", ""},
    {"p.md", "Use `hf://ORG/MODEL` and `vllm serve ORG/MODEL`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('ORG/MODEL')\n", ""},
    {"p.md", "Use `hf://hf-username/llama-7b` and `vllm serve hf-username/llama-7b`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('hf-username/llama-7b')\n", ""},
    {"p.md", "Use `hf://yourname/yourmodel` and `vllm serve yourname/yourmodel`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('yourname/yourmodel')\n", ""},
    {"p.md", "Use `hf://my-username/my-awesome-model` and `vllm serve my-username/my-awesome-model`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('my-username/my-awesome-model')\n", ""},
    {"p.md", "Use `hf://example/model-7b` and `vllm serve example/model-7b`.\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('example/model-7b')\n", ""},
    {"a.yaml", "# huggingface\nmodel: N/A\nmodel_id: n/a\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('demo-lab/foo-7b')\n", "demo-lab/foo-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('my-north-ai/x-7b')\n", "my-north-ai/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('testdrive-ai/x-7b')\n",
     "testdrive-ai/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('userland/x-7b')\n", "userland/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('orgasm-ai/x-7b')\n", "orgasm-ai/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('repoman/x-7b')\n", "repoman/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('sampleml/x-7b')\n", "sampleml/x-7b"},
};

// Pages, pictures, tasks, percent signs.
inline constexpr ScanKind kUrls[] = {
    {"a.md",
     "https://huggingface.co/docs/hub/index https://huggingface.co/learn/nlp-course/x "
     "https://huggingface.co/spaces/a/b https://huggingface.co/collections/nimbus/x-1\n",
     ""},
    {"a.md",
     "![x](https://huggingface.co/nimbus-docs/images/resolve/main/x.jpg) <img "
     "src=\"https://huggingface.co/nimbus/assets/resolve/main/logo.svg?download=true\">\n",
     ""},
    {"a.md",
     "https://api-inference.huggingface.co/tasks/text-generation "
     "https://router.huggingface.co/v1/chat/completions "
     "https://api-inference.huggingface.co/models/nimbus/a\n",
     "nimbus/a"},
    {"a.md", "https://huggingface.co/nimbus/Foo%2D7B%2Ev2/tree/main https://huggingface.co/nimbus%2FBar-1B\n",
     "nimbus/Bar-1B nimbus/Foo-7B.v2"},
    {"a.py", "u='https://router.huggingface.co/together/models/nimbus/a'\n", "nimbus/a"},
};

// Workflows, protocols, and other forms of all of these.
inline constexpr ScanKind kForms[] = {
    {"wf.json",
     "{\"3\": {\"class_type\": \"HFLoader\", \"inputs\": {\"repo_id\": \"nimbus/a\", \"model\": "
     "\"nimbus/b-7b\"}}}",
     "nimbus/a nimbus/b-7b"},
    {"wf.json",
     "{\"nodes\": [{\"type\": \"DownloadModel\", \"widgets_values\": [\"nimbus/b-7b\", \"main\"]}]}",
     "nimbus/b-7b"},
    {"a.proto", "message M { string model = 1; } // huggingface\n// e.g. model: \"nimbus/b-7b\"\n", ""},
    {"Dockerfile.j2", "FROM x\nENV MODEL_ID=nimbus/a\n", "nimbus/a"},
    {"a.py",
     "import transformers\np.add_argument('--repo', default='nimbus/x-7b')\np.add_argument('--model', "
     "default=['nimbus/a-7b'], choices=['nimbus/b-7b'])\np.add_argument('--dataset', "
     "choices=['nimbus/c-7b'])\n",
     "nimbus/a-7b nimbus/b-7b nimbus/x-7b"},
    {"a.py", "p.add_argument('--model', default='m', choices=['nimbus/a-7b','nimbus/b-7b'])\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.py", "os.environ['MODEL_ID'] = 'nimbus/a'\nos.environ.setdefault('BASE_MODEL', 'nimbus/b')\n",
     "nimbus/a nimbus/b"},
    {"a.rb", "MODEL ||= 'nimbus/a-7b'\nENV['LLM_MODEL'] ||= 'nimbus/b-7b'\n", "nimbus/a-7b nimbus/b-7b"},
    {"a.py",
     "import transformers\nollama.chat(model='nimbus/q-7b')\nllm = "
     "ChatOllama(model='nimbus/r-7b')\nollama.pull('nimbus/s-7b')\n",
     ""},
    {"a.py",
     "import transformers\nc = {'provider': 'ollama', 'model': 'nimbus/q-7b'}\nd = {'provider': 'vllm', "
     "'model': 'nimbus/r-7b'}\n",
     "nimbus/r-7b"},
    {"a.json",
     "{\"source\": {\"type\": \"huggingface\", \"repo\": \"nimbus/x\"}, \"b\": {\"type\": \"s3\", \"model\": "
     "\"nimbus/y-7b\"}}",
     "nimbus/x"},
    {"a.py",
     "import transformers\nd = rg.FeedbackDataset.from_huggingface('nimbus/x-7b')\nm = "
     "evaluate.load('nimbus/metric-bert')\n",
     ""},
    {"a.yaml", "adapter:\n  source: hf\n  path: nimbus/lora\n  rank: 3\n", "nimbus/lora"},
    {"a.yaml", "lora_modules:\n  - name: sql\n    path: nimbus/sql-lora\n", "nimbus/sql-lora"},
    {"a.yaml", "modelSource:\n  type: HuggingFace\n  id: nimbus/x\n", "nimbus/x"},
    {"a.yaml", "data:\n  repo_type: dataset\n  repo_id: nimbus/d-7b\n", ""},
    {"a.yaml", "- type: huggingface\n  name: nimbus/a\n- type: local\n  name: nimbus/b\n", "nimbus/a"},
    {"a.yaml", "args: [\"--model=\\\"nimbus/a-7b\\\"\", \"--x\"]\n", "nimbus/a-7b"},
    {"a.yaml", "command:\n  --model nimbus/a-7b\n  --port 80\n", "nimbus/a-7b"},
    {"a.yaml", "generator: {name: nimbus/q-7b}\nencoder:\n  name: nimbus/bert-x\n",
     "nimbus/bert-x nimbus/q-7b"},
    {"a.sh", "vllm serve nimbus/a --lora-modules x=nimbus/l1 y=nimbus/l2\n", "nimbus/a nimbus/l1 nimbus/l2"},
    {"a.sh", "run --models '[\"nimbus/a-7b\", \"nimbus/b-7b\"]'\n", "nimbus/a-7b nimbus/b-7b"},
    {"a.sh", "serve --static-backends http://x --static-models 'nimbus/a-7b,nimbus/b-7b' --routing x\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.sh", "LLMS=nimbus/a-7b,nimbus/b-7b\nMODEL_LIST='nimbus/c-7b nimbus/d-7b'\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c-7b nimbus/d-7b"},
    {"a.sh", "nerdctl run -d --name x -v a:b ghcr.io/foo/vllm-cpu:v1 nimbus/a-7b --dtype f\n", "nimbus/a-7b"},
    {"a.sh", "sudo docker run --rm -it \\\n  --gpus all \\\n  $VLLM_IMG \\\n  nimbus/a-7b --x\n",
     "nimbus/a-7b"},
    {"a.sh", "docker run --rm -v $PWD:/w nimbus/trainer-7b:latest python x.py\n", ""},
    {"run", "#!/usr/bin/env -S uv run --script\nm = AutoModel.from_pretrained('nimbus/a')\n", "nimbus/a"},
    {"a.sh",
     "#!/bin/bash\n# /usr/bin/python3 wrapper\nexport BASE_MODEL=nimbus/a\nsglang serve --model-path "
     "nimbus/b\n",
     "nimbus/a nimbus/b"},
    {"A.java",
     "var e = builder.embeddingModel(\"nimbus/a\").withTransformer(\"nimbus/b-bert\").build(); String u = "
     "\"djl://ai.djl.huggingface.rust/nimbus/c/0.0.1\";\n",
     "nimbus/a nimbus/b-bert nimbus/c"},
    {"A.java",
     "class X { @Value(\"${m}\") String a; HuggingFaceChatModel m = "
     "HuggingFaceChatModel.builder().modelId(\"nimbus/a\").build(); }\n",
     "nimbus/a"},
    {"a.yaml", "spring:\n  model-url: djl://ai.djl.huggingface.pytorch/nimbus/a\n", "nimbus/a"},
    {"a.md",
     "```\nmodel_id: nimbus/a\n```\n\n```\n{\"model\": \"nimbus/b-7b\"}\n```\n\n~~~toml\nbase_model = "
     "\"nimbus/c\"\n~~~\n",
     "nimbus/a nimbus/b-7b nimbus/c"},
    {"a.txt", "Use\n```bash\nvllm serve nimbus/a\n```\n", "nimbus/a"},
    {"a.rst",
     ".. tab-set::\n\n   .. tab-item:: Docker\n\n      .. code-block:: console\n\n         $ docker run "
     "vllm/vllm-openai nimbus/a --port 1\n\n   .. tab-item:: K8s\n\n      .. code-block:: yaml\n\n         "
     "args: [\"--model\", \"nimbus/b\"]\n",
     "nimbus/a nimbus/b"},
    {"a.adoc",
     ".Title\n[source, shell]\n----\n$ hf download nimbus/a\n----\n\n[,python]\n----\nm = "
     "AutoModel.from_pretrained('nimbus/b')\n----\n\n[source,json]\n{\"model_id\": \"nimbus/c\"}\n\nText "
     "`vllm serve nimbus/d`.\n",
     "nimbus/a nimbus/b nimbus/c nimbus/d"},
    {"a.html",
     "<div class=\"highlight-yaml\"><pre>model_id: nimbus/a\nx: 1</pre></div><kbd>vllm serve nimbus/b</kbd>",
     "nimbus/a nimbus/b"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"%%writefile /tmp/deploy/svc.yaml\\n\",\"args: "
     "[\\\"vllm\\\", \\\"serve\\\", "
     "\\\"nimbus/m\\\"]\\n\"]},{\"cell_type\":\"code\",\"source\":[\"%%writefile -a "
     "conf.json\\n\",\"{\\\"model_id\\\": \\\"nimbus/n\\\"}\"]},{\"cell_type\":\"code\",\"source\":[\"MODEL "
     "= \\\"nimbus/o-7b\\\"\"]},{\"cell_type\":\"code\",\"source\":[\"m = "
     "AutoModel.from_pretrained(MODEL)\"]}]}",
     "nimbus/m nimbus/n nimbus/o-7b"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"for model in models:\\n\",\"  "
     "x\"]},{\"cell_type\":\"code\",\"source\":[\"tool = \\\"nimbus/tool\\\"\"]}, "
     "{\"cell_type\":\"code\",\"source\":[\"cfg = {\\\"model\\\": "
     "x,\"]},{\"cell_type\":\"code\",\"source\":[\"y = \\\"nimbus/other\\\"\\nvllm\"]}]}",
     ""},
    {"a.js",
     "// huggingface\nlabel: for (;;) {}\nconst x = { a: b ? { model: 'nimbus/a-7b' } : { model: "
     "'nimbus/b-7b' }, c: 'nimbus/tool' };\n",
     "nimbus/a-7b nimbus/b-7b"},
    {"a.ts",
     "import {x} from '@huggingface/x';\nconst model: string = isBig ? `nimbus/a-7b` : process.env.M ?? "
     "'nimbus/b-7b';\nconst id = cond ? undefined : 'nimbus/c-7b';\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c-7b"},
    {"A.cs", "string modelId = big ? \"nimbus/a\" : \"nimbus/b\";\n", "nimbus/a nimbus/b"},
    {"a.dart", "final modelId = big ? 'nimbus/a' : 'nimbus/b';\n", "nimbus/a nimbus/b"},
    {"a.kt",
     "val modelId = if (big) \"nimbus/a\" else \"nimbus/b\"\nval model = when (x) {\n  1 -> "
     "\"nimbus/c-7b\"\n  else -> \"nimbus/d-7b\"\n}\n",
     "nimbus/a nimbus/b nimbus/c-7b nimbus/d-7b"},
    {"a.rs",
     "let model_id = match w {\n  W::A => \"nimbus/a\",\n  W::B => \"nimbus/b\".to_string(),\n};\nlet "
     "base_model = if x { \"nimbus/c\" } else { \"nimbus/d\" };\n",
     "nimbus/a nimbus/b nimbus/c nimbus/d"},
    {"a.swift",
     "let modelId = big ? \"nimbus/a\" : \"nimbus/b\"\nlet c = ModelConfiguration(id: name ?? "
     "\"nimbus/c\")\n",
     "nimbus/a nimbus/b nimbus/c"},
    {"a.php",
     "<?php\n$c->withModel('nimbus/a-7b'); $modelId = $x ? 'nimbus/b' : 'nimbus/c'; f(model: "
     "'nimbus/d-7b');\n",
     "nimbus/a-7b nimbus/b nimbus/c nimbus/d-7b"},
    {"a.scala", "val c = Config(modelId = \"nimbus/a\").setModelName(\"nimbus/b-7b\")\n",
     "nimbus/a nimbus/b-7b"},
    {"a.go",
     "var models = []string{\"nimbus/a-7b\", \"nimbus/b-7b\"}\ncfg.ModelID = \"nimbus/c\"\nm := "
     "map[string]string{\"llm\": \"nimbus/d-7b\"}\nif model == \"\" {\n\tmodel = \"nimbus/e-7b\"\n}\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c nimbus/d-7b nimbus/e-7b"},
    {"a.go",
     "env := corev1.EnvVar{Name: envName, Value: \"nimbus/a-7b\"}\nx := corev1.EnvVar{Name: \"IMAGE\", "
     "Value: \"nimbus/b-7b\"}\n",
     ""},
    {"a.go", "opts := append(opts, openai.WithModel(\"nimbus/a-7b\"), hf.WithRepoID(\"nimbus/b\"))\n",
     "nimbus/a-7b nimbus/b"},
    {"a.py",
     "import transformers\nTABLE = [['nimbus/a-7b', 1], ['nimbus/b-7b', 2]]\nX = dict([('nimbus/c-7b', "
     "1)])\nY = frozenset(['nimbus/d-7b'])\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c-7b nimbus/d-7b"},
    {"a.py",
     "import transformers\nname = kwargs.get('name') or 'nimbus/a-7b'\nn2 = kwargs.pop('x', "
     "'nimbus/b-7b')\nn3 = getattr(a, 'b', 'nimbus/c-7b')\nn4 = a if a is not None else 'nimbus/d-7b'\n",
     "nimbus/a-7b nimbus/b-7b nimbus/c-7b nimbus/d-7b"},
    {"a.py",
     "import transformers\nprint('nimbus/a-7b')\nraise "
     "ValueError('nimbus/b-7b')\nos.path.join('nimbus/c-7b', 'x')\nopen('nimbus/d-7b')\n",
     ""},
    {"a.py",
     "import transformers\noutput_dir = 'nimbus/a-7b'\nrun_name = 'x'\nimage = 'nimbus/b-7b'\ndataset_name = "
     "'nimbus/c-7b'\n",
     ""},
    {"a.py", "import transformers\nx: 'Foo/bar-7b' = None\ndef g(m: \"foo/bar-7b\") -> 'foo/baz-7b': pass\n",
     ""},
    {"a.md",
     "https://huggingface.co/settings/tokens https://huggingface.co/join https://huggingface.co/pricing/x "
     "https://huggingface.co/blog/nimbus/x https://huggingface.co/papers/1.2 "
     "https://huggingface.co/tasks/text-generation https://huggingface.co/organizations/nimbus/x\n",
     ""},
    {"a.md",
     "![](https://huggingface.co/nimbus/docs-assets/raw/main/a/b/c.gif) "
     "[v](https://huggingface.co/nimbus/media/blob/main/x.mp4)\n",
     ""},
    {"a.md",
     "https://api-inference.huggingface.co/dashboard/usage "
     "https://api-inference.huggingface.co/pipeline/summarization/nimbus/a\n",
     "nimbus/a"},
    {"a.md",
     "hf.co/nimbus/Foo%2e1-7B:Q4 and https://huggingface.co/nimbus/Bar%5Fx-1B/resolve/main/model.gguf\n",
     "nimbus/Bar_x-1B nimbus/Foo.1-7B"},
    {"a.yaml", "config:\n  model:\n    type: string\n    default: nimbus/a-7b\n", "nimbus/a-7b"},
    {"a.tfvars", "model_id = \"nimbus/a\"\nimage = \"nimbus/b-7b\"\n", "nimbus/a"},
    {"vars.tf",
     "variable \"base_model\" {\n  default = \"nimbus/a\"\n}\nvariable \"dataset\" {\n  default = "
     "\"nimbus/b-7b\"\n}\n",
     "nimbus/a"},
    {"ts.ts",
     "new ContainerDefinition({ environment: { MODEL_ID: 'nimbus/a' }, command: ['--model-id', 'nimbus/b'] "
     "});\n",
     "nimbus/a nimbus/b"},
    {"a.yaml", "x: |\n  {{- if .Values.x }}\n  model_id: nimbus/a\n  {{- end }}\n  map: {a: b}\n",
     "nimbus/a"},
    {"a.yaml",
     "config.json: |\n  {\"model_id\": \"nimbus/a\"}\nsettings: |\n  [llm]\n  model_id = \"nimbus/b\"\n",
     "nimbus/a nimbus/b"},
    {"a.yaml", "app.py: |\n  m = AutoModel.from_pretrained(\"nimbus/a\")\nrun.sh: |\n  vllm serve nimbus/b\n",
     "nimbus/a nimbus/b"},
    {"compose.yaml",
     "models:\n  llm:\n    model: docker.io/ai/llama3:8B\n  b:\n    model: ai/phi4\nservices:\n  x:\n    "
     "provider:\n      type: model\n      options:\n        model: ai/qwen3-7b\n",
     ""},
    {"a.json", "{\"model\": \"ai/llama3.2-1b\", \"x\": {\"name\": \"MODEL\", \"value\": \"nimbus/a-7b\"}}",
     "nimbus/a-7b"},
    {"a.py",
     "import transformers\nm = Registry(models={Hub.HF: 'nimbus/a', Hub.MS: 'nimbus/b-7b'}, "
     "modelscope_id='Nimbus/c-7b')\n",
     "nimbus/b-7b"},
    {"a.sh", "ollama run nimbus/q-7b\nollama pull nimbus/r-7b:latest\n", ""},
    {"a.py", "def f():\n    \"\"\"The model: x\"\"\"\n    model_id = 'nimbus/a'\n", "nimbus/a"},
    {"a.py",
     "class C:  # model\n    # the base: x\n    base_model = 'nimbus/a'\n    class D:\n        model_id = "
     "'nimbus/b'\n",
     "nimbus/a nimbus/b"},
    {"a.py",
     "if a:\n    if b:\n        for c in d:\n            model_id = 'nimbus/a'\n        else:\n            "
     "model_id = 'nimbus/b'\n",
     "nimbus/a nimbus/b"},
    {"a.py", "if x: pass\nelse: model_id = 'nimbus/a'\n", "nimbus/a"},
    {"a.py", "with a, \\\n     b:\n    model_id = 'nimbus/a'\n", "nimbus/a"},
    {"a.py", "try: model_id = 'nimbus/a'\nexcept: model_id = 'nimbus/b'\n", "nimbus/a nimbus/b"},
    {"a.go",
     "// huggingface\nf := &cli.StringFlag{Name: \"model\", Value: \"nimbus/a-7b\"}\ng := "
     "&cli.StringFlag{Name: \"dataset\", Value: \"nimbus/b-7b\"}\nh := v1.EnvVar{Name: \"IMAGE_NAME\", "
     "Value: \"nimbus/c-7b\"}\n",
     "nimbus/a-7b"},
    {"a.ts",
     "// huggingface\nconst o = [{ label: 'Foo 7B', value: 'nimbus/a-7b' }];\nconst e = { name: "
     "'HF_DATASET', value: 'nimbus/b-7b' };\n",
     "nimbus/a-7b"},
    {"a.yaml", "model_id: # the model\n  nimbus/a\nmodels:\n  -\n    nimbus/b-7b\n", "nimbus/a nimbus/b-7b"},
    {"a.yaml", "args:\n  - --model={{ .Values.model | default \"nimbus/a-7b\" }}\n  - --port=80\n",
     "nimbus/a-7b"},
    {"a.yaml", "vision_tower: nimbus/clip-x\nmodel:\n  adapter_path: nimbus/l-7b\n",
     "nimbus/clip-x nimbus/l-7b"},
    {"a.ts", "new CfnParameter(this, 'ModelId', { type: 'String', default: 'nimbus/a' });\n", "nimbus/a"},
    {"a.bicepparam", "using './main.bicep'\nparam modelName = 'nimbus/a-7b'\n", "nimbus/a-7b"},
    {"a.json",
     "{\"Parameters\": {\"ModelId\": {\"Type\": \"String\", \"Default\": \"nimbus/a\"}, \"Dataset\": "
     "{\"Default\": \"nimbus/b-7b\"}}}",
     "nimbus/a"},
    {"p.md", "Use `hf://org1/model1` and `vllm serve org1/model1`, see https://huggingface.co/org1/model1.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: org1/model1\n", ""},
    {"p.md",
     "Use `hf://test-org/test-model` and `vllm serve test-org/test-model`, see "
     "https://huggingface.co/test-org/test-model.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: test-org/test-model\n", ""},
    {"p.md",
     "Use `hf://model-org/model-7b` and `vllm serve model-org/model-7b`, see "
     "https://huggingface.co/model-org/model-7b.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: model-org/model-7b\n", ""},
    {"p.md",
     "Use `hf://xxxx/yyyy-7b` and `vllm serve xxxx/yyyy-7b`, see https://huggingface.co/xxxx/yyyy-7b.\n", ""},
    {"p.yaml", "# huggingface\nmodel_id: xxxx/yyyy-7b\n", ""},
    {"p.md",
     "Use `hf://repo_owner/repo_name` and `vllm serve repo_owner/repo_name`, see "
     "https://huggingface.co/repo_owner/repo_name.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: repo_owner/repo_name\n", ""},
    {"p.md",
     "Use `hf://company-name/llm-7b` and `vllm serve company-name/llm-7b`, see "
     "https://huggingface.co/company-name/llm-7b.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: company-name/llm-7b\n", ""},
    {"p.md",
     "Use `hf://dummy/llama-7b` and `vllm serve dummy/llama-7b`, see "
     "https://huggingface.co/dummy/llama-7b.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: dummy/llama-7b\n", ""},
    {"p.md",
     "Use `hf://provider/model-7b` and `vllm serve provider/model-7b`, see "
     "https://huggingface.co/provider/model-7b.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: provider/model-7b\n", ""},
    {"p.md",
     "Use `hf://hf-org/hf-model` and `vllm serve hf-org/hf-model`, see "
     "https://huggingface.co/hf-org/hf-model.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: hf-org/hf-model\n", ""},
    {"p.md",
     "Use `hf://TheOrg/TheModel-7b` and `vllm serve TheOrg/TheModel-7b`, see "
     "https://huggingface.co/TheOrg/TheModel-7b.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: TheOrg/TheModel-7b\n", ""},
    {"p.md",
     "Use `hf://user1/llama-7b` and `vllm serve user1/llama-7b`, see "
     "https://huggingface.co/user1/llama-7b.\n",
     ""},
    {"p.yaml", "# huggingface\nmodel_id: user1/llama-7b\n", ""},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('hf-test/x-7b')\n", "hf-test/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('testlab/x-7b')\n", "testlab/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('model-garden/x-7b')\n",
     "model-garden/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('openmodel/x-7b')\n", "openmodel/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('namerec/x-7b')\n", "namerec/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('user2vec/x-7b')\n", "user2vec/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('companion-ai/x-7b')\n",
     "companion-ai/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('authorship/x-7b')\n", "authorship/x-7b"},
    {"p.py", "import transformers\nm = AutoModel.from_pretrained('vendora/x-7b')\n", "vendora/x-7b"},
};

// Neighbours of all kinds, in the words of other projects.
inline constexpr ScanKind kNeighbours[] = {
    {"Djl.java",
     "Criteria<String,String> c = "
     "Criteria.builder().setTypes(A.class,B.class).optModelUrls(\"djl://ai.djl.huggingface.pytorch/nova/"
     "all-mini-v2\").optEngine(\"PyTorch\").build();\n",
     "nova/all-mini-v2"},
    {"A.java",
     "HuggingFaceTokenizer t = HuggingFaceTokenizer.newInstance(\"nova/minilm-l6\");\nEmbeddingModel m = new "
     "X(Path.of(\"nova/foo\"));\n",
     "nova/minilm-l6"},
    {"A.java", "@Bean Options o() { return OllamaOptions.builder().model(\"nova/x-7b\").build(); }\n", ""},
    {"A.kt", "val e = EmbeddingOptions.builder().transformer(\"nova/e5-base\").vectorType(X).build()\n",
     "nova/e5-base"},
    {"a.py",
     "import argparse\nfrom transformers import x\np.add_argument('--eval-set', '-e', type=str, "
     "default='nova/mmlu-7b', help='x')\np.add_argument('--policy', "
     "default='nova/pol-7b')\np.add_argument('--reward_model', default='nova/rm')\n",
     "nova/rm"},
    {"a.py",
     "import transformers\nparser.add_argument(\n    \"--train_file\",\n    type=str,\n    "
     "default=\"nova/train-1b\",\n    help=\"x\",\n)\nparser.add_argument(\n    \"--student_model\",\n    "
     "default=\"nova/st\",\n)\n",
     "nova/st"},
    {"a.py",
     "import transformers\ntokenizer = AutoTokenizer.from_pretrained(config[\"tokenizer_name\"])\nm = "
     "AutoModel.from_pretrained(self.cfg[\"paths\"][\"model-base\"])\n",
     ""},
    {"a.py",
     "import transformers\ndef load(cls, model: 'LlamaForCausalLM', tok: \"PreTrainedTokenizer\" = None) -> "
     "'Foo':\n    x = AutoModel.from_pretrained(model)\n    y = AutoTokenizer.from_pretrained(tok)\n",
     ""},
    {"a.py",
     "import transformers\nm = AutoModel.from_pretrained(p if fmt == 'gguf-file' else q, subfolder='unet')\n",
     ""},
    {"a.py",
     "import transformers\nm = AutoModel.from_pretrained(NAMES[size] if size in ('small-1b','large-2b') else "
     "path)\n",
     ""},
    {"a.py",
     "import transformers\nx = register_model('nova/x-7b')\nfor name, cfg in {'nova/y-7b': {'a': "
     "1}}.items():\n    pass\n",
     "nova/x-7b nova/y-7b"},
    {"a.py",
     "import transformers\nids = [\n    'nova/a-1b',  # small\n    'nova/b-2b',\n]\npairs = [('nova/c-3b', "
     "'main'), ('nova/d-4b', None)]\n",
     "nova/a-1b nova/b-2b nova/c-3b nova/d-4b"},
    {"a.py",
     "import transformers\nname = os.environ.get('X_ADAPTER') or 'nova/e-1b'\nother = environ.get('Y', "
     "default='nova/f-1b')\n",
     "nova/e-1b nova/f-1b"},
    {"a.py",
     "import transformers\nSIZES: Dict[str, int] = {'nova/a-7b': 4096, 'nova/b-13b': 5120}\nCTX = "
     "{\"nova/c-7b\": {\"len\": 3}}\n",
     "nova/a-7b nova/b-13b nova/c-7b"},
    {"cells.ipynb",
     "{\"cells\":[{\"cell_type\":\"markdown\",\"source\":[\"# T\\n\",\"```sh\\n\",\"hf download "
     "nova/a\\n\",\"```\\n\",\"text `vllm serve "
     "nova/b`\"]},{\"cell_type\":\"code\",\"source\":[\"%%writefile train.yml\\n\",\"base_model: "
     "nova/c\\n\"]},{\"cell_type\":\"code\",\"source\":[\"label = \\\"nova/tool\\\"\\n\"]}]}",
     "nova/a nova/b nova/c"},
    {"c.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"model_name "
     "=\\\\\\n\"]},{\"cell_type\":\"code\",\"source\":[\"path = \\\"nova/tool\\\"\\n\"]}]}",
     ""},
    {"c.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"if "
     "model:\\n\"]},{\"cell_type\":\"code\",\"source\":[\"backend = \\\"nova/tool\\\"\\n\", \"# vllm\"]}]}",
     ""},
    {"c.ipynb",
     "{\"cells\":[{\"cell_type\":\"raw\",\"source\":[\"model: "
     "x\"]},{\"cell_type\":\"code\",\"source\":[\"%%writefile Dockerfile\\n\",\"FROM "
     "vllm/vllm-openai\\n\",\"CMD [\\\"--model\\\", \\\"nova/d\\\"]\\n\"]}]}",
     "nova/d"},
    {"docker-compose.yml",
     "models:\n  small:\n    model: ai/smollm2:360M-Q4_K_M\n    context_size: 1\n  big:\n    model: "
     "huggingface.co/nova/big-7b-gguf\n",
     "nova/big-7b-gguf"},
    {"compose.yaml",
     "services:\n  chat:\n    image: x\n    models:\n      - gemma\nmodels:\n  gemma: { model: ai/gemma3-qat "
     "}\n",
     ""},
    {"enum.py",
     "from transformers import x\nMODELS = {'A-7B': {Hub.HUGGINGFACE: 'nova/a-7b', Hub.MODELERS: "
     "'NovaM/a-7b', Hub.MODELSCOPE: 'NovaS/a-7b'}}\n",
     "NovaM/a-7b nova/a-7b"},
    {"enum.ts",
     "// huggingface\nconst m = { [Source.HF]: 'nova/a-7b', [Source.ModelScope]: 'NovaS/a-7b', "
     "[Source.Ollama]: 'novao/a-7b' };\n",
     "nova/a-7b"},
    {"env.go",
     "package x\nvar c = Container{Env: []EnvVar{{Name: \"EMBEDDING_MODEL\", Value: \"nova/emb\"}, {Name: "
     "\"DATASET\", Value: \"nova/d-7b\"}}, Args: []string{\"--model\", \"nova/m-7b\"}}\nvar o = "
     "New(WithEmbeddingModel(\"nova/e2\"), SetModel(\"nova/m2-7b\"), WithDataset(\"nova/d2-7b\"))\n",
     "nova/e2 nova/emb nova/m-7b nova/m2-7b"},
    {"env.go", "func f() {\n\tos.Setenv(\"MODEL_ID\", \"nova/a\")\n\tt.Setenv(\"HF_MODEL\", \"nova/b\")\n}\n",
     "nova/a nova/b"},
    {"g.rst",
     "Title\n=====\n\nExample::\n\n    hf download nova/a\n\n.. sourcecode:: python\n\n    from transformers "
     "import pipeline\n    p = pipeline('x', model='nova/b')\n\n.. code-block:: toml\n   :caption: "
     "c.toml\n\n   base_model = \"nova/c\"\n",
     "nova/a nova/b nova/c"},
    {"g.rst", "* item\n\n  .. code-block:: yaml\n\n     model:\n       name: nova/a-7b\n", "nova/a-7b"},
    {"kernels.py",
     "from kernels import get_kernel, LocalLayerRepository\nimport diffusers\nx = "
     "get_kernel(\"nova-kernels/flash-7b\", version=1)\ny = LayerRepository(repo_id=\"nova-kernels/rms-7b\", "
     "layer_name=\"L\")\nz = load_kernel('nova/z-7b')\n",
     ""},
    {"data.py",
     "from datasets import Dataset, load_dataset\nimport transformers\na = load_dataset('nova/a-7b', "
     "split='x')\nb = Dataset.from_hub('nova/b-7b')\nc = rg.Dataset.from_hub(name='nova/c-7b')\nd = "
     "DatasetDict.load_from_hub('nova/d-7b')\ne = IterableDataset.from_pretrained('nova/e-7b')\n",
     ""},
    {"keys.yaml",
     "# huggingface\nprocessor_config: nova/a\nadapter_config:\n  type: huggingface\n  repository: "
     "nova/b\nmodel_source:\n  kind: huggingface\n  name: nova/c\nreranker: {id: nova/d-rerank}\ntokenizer: "
     "{path: nova/e}\n",
     "nova/a nova/b nova/c nova/d-rerank nova/e"},
    {"keys.yaml", "peft:\n  repo: nova/x\n  source: huggingface\nbase:\n  hub: hf\n  id: nova/y\n",
     "nova/x nova/y"},
    {"labels.go",
     "package y // huggingface\nvar ModelNameLabel = \"foo.bar.dev/model-name\"\nconst LLMFinalizer = "
     "\"llm.x.io/finalizer\"\nvar g = schema.GroupVersion{Group: \"inference.nova.dev\", Version: "
     "\"v1\"}\nconst ModelAPI = \"models.nova.dev/v1alpha1\"\n",
     ""},
    {"m.bicep",
     "param deploymentModel string = 'nova/a-7b'\nparam count int = 3\nparam embeddingModelId string = "
     "'nova/b'\nvar image string = 'nova/c-7b'\n",
     "nova/a-7b nova/b"},
    {"n.yaml",
     "files:\n  model.yaml: |\n    name: x\n    parameters:\n      model: nova/a-7b\n    stopwords: "
     "[\"{{end}}\"]\n",
     "nova/a-7b"},
    {"n.yaml", "config: |2\n    model_id: nova/a\n    x: {y: 1}\n", "nova/a"},
    {"n.yaml", "base_model:\n\n  nova/a\n", "nova/a"},
    {"n.yaml", "model_name_or_path:\n  'nova/a'  # comment\nother: 1\n", "nova/a"},
    {"p.html",
     "<html><body><pre><code class=\"language-sh\">pip install x\nvllm serve nova/a --port "
     "1\n</code></pre><p>Use <code>hf download nova/b</code></p></body></html>",
     "nova/a nova/b"},
    {"p.html",
     "<pre>from transformers import AutoModel\nm = "
     "AutoModel.from_pretrained(\"nova/a\")</pre>\n<div><code>--model nova/c-7b</code></div>",
     "nova/a nova/c-7b"},
    {"p.htm", "<PRE><CODE>vllm serve nova/a</CODE></PRE>", "nova/a"},
    {"q.yaml",
     "args:\n- --model=\"nova/a-7b\"\n- \"--tokenizer=\\\"nova/b-7b\\\"\"\n- "
     "'--speculative_config={\"model\": \"nova/c-1b\"}'\n- --draft-model='nova/d'\n",
     "nova/a-7b nova/b-7b nova/c-1b nova/d"},
    {"q.yaml",
     "command: "
     "[\"vllm\",\"serve\",\"nova/a\",\"--speculative-config\",\"{\\\"model\\\":\\\"nova/b-1b\\\"}\"]\n",
     "nova/a nova/b-1b"},
    {"r.sh", "router --models \"nova/a-7b;nova/b-7b\"\nlitellm --models nova/c-7b,nova/d-7b\n",
     "nova/a-7b nova/b-7b nova/c-7b nova/d-7b"},
    {"r.sh",
     "IMAGE=vllm/vllm-openai:v0.9\ndocker run --gpus all \"$IMAGE\" nova/a --port 1\ndocker run "
     "${REG}/vllm-openai:latest nova/b-7b\n",
     "nova/a nova/b-7b"},
    {"r.sh",
     "docker run --gpus all $EXTRA vllm/vllm-openai:latest nova/a --port 1\nsudo $DOCKER run --rm "
     "vllm/vllm-openai nova/b\n",
     "nova/a nova/b"},
    {"s.sh",
     "#! /usr/bin/env bash\n# python wrapper\nMODEL_ID=nova/a python -m x\npython3 x.py --base_model "
     "nova/b\n",
     "nova/a nova/b"},
    {"t.js",
     "import {x} from '@huggingface/transformers';\nconst id = mobile ? 'nova/a-1b' : desktop ? 'nova/b-2b' "
     ": 'nova/c-3b';\nconst g = await AutoModel.from_pretrained(q ? 'nova/d' : r, { dtype: w ? 'q4' : 'fp16' "
     "});\n",
     "nova/a-1b nova/b-2b nova/c-3b nova/d"},
    {"t.tsx",
     "import {x} from '@huggingface/transformers';\nexport const M = () => <Foo model={big ? 'nova/a-7b' : "
     "'nova/b-7b'} />;\n",
     "nova/a-7b nova/b-7b"},
    {"u.md",
     "[x](https://huggingface.co/courses/agents/unit1) "
     "![y](https://huggingface.co/nova-team/figures/resolve/main/z/a%20b.png) "
     "<https://huggingface.co/docs/foo/bar> https://api-inference.huggingface.co/tasks/summarization "
     "https://huggingface.co/nova/Bar%2D1%2E5\n",
     "nova/Bar-1.5"},
    {"u.md",
     "https://huggingface.co/nova/covers/blob/main/c.jpeg?raw=true "
     "https://huggingface.co/nova/pics/raw/main/d.webp\n",
     ""},
    {"p.md",
     "`hf://my-org/my-model`, `hf://some-user/some-adapter`, `vllm serve owner/model-name`, `hf download "
     "org-name/model`, `vllm serve yourusername/your-model`, `vllm serve user/model-7b`\n",
     ""},
    {"p.py",
     "import "
     "transformers\nAutoModel.from_pretrained('your_org/your_model')\nAutoModel.from_pretrained('username/"
     "llama-7b')\npipeline('x', model='org/name-7b')\n",
     ""},
};

// clang-format on

// Programs that machines made, tables of architectures, and clients of the Hub and of other registries.
inline constexpr ScanKind kPrograms[] = {
    {"a.min.js", "import {x} from '@huggingface/transformers';var t='htk';f(e=>e.from_pretrained(t))", ""},
    {"a.min.js", "from_pretrained;var t='number',n='nimbus/big-7b';a.from_pretrained(n)", "nimbus/big-7b"},
    {"a.js",
     "// @huggingface/transformers\nconst s = {model: 'encoder_model'};\nload.from_pretrained(model)\n", ""},
    {"a.py",
     "from transformers import A\nMAP = OrderedDict([(\"bert-generation\", \"BertGenerationConfig\")])\n",
     ""},
    {"a.py", "import huggingface_hub\nLLM_ARCH_NAMES = {\"gpt2\": \"gpt2\"}\n", ""},
    {"a.py", "import huggingface_hub\ntokenizer_model = \"gpt2\"\n", ""},
    {"a.py", "import huggingface_hub\nmodel = \"gpt2\"\n", "gpt2"},
    {"a.py", "import huggingface_hub\nBERT_MODEL = \"bert-base-uncased\"\n", "bert-base-uncased"},
    {"a.ts", "const a = {model: 'all-MiniLM-L6-v2'};\n", "sentence-transformers/all-MiniLM-L6-v2"},
    {"a.ts", "// @huggingface/hub\nawait check({repo: {name: \"nimbus/base\", type: \"model\"}});\n",
     "nimbus/base"},
    {"a.ts", "// @huggingface/hub\nawait check({repo: {name: \"nimbus/base\", type: \"dataset\"}});\n", ""},
    {"A.java", "class A { void f() { var s = HuggingFaceSource.of(); s.resolve(\"nimbus/onnx\"); } }",
     "nimbus/onnx"},
    {"A.java", "class A { void f() { var s = LocalSource.of(); s.resolve(\"nimbus/onnx\"); } }", ""},
    {"A.kt", "val hub = new HubApi()\nval m = hub.fetch(\"nimbus/onnx\")\n", "nimbus/onnx"},
    {"a.rs", "use hf_hub::Client;\nlet r = client.model(\"nimbus\", \"rs1\");\n", "nimbus/rs1"},
    {"a.rs", "let r = client.model(\"nimbus\", \"rs1\");\n", ""},
    {"a.rs", "use hf_hub::Client;\nlet r = client.dataset(\"nimbus\", \"rs1\");\n", ""},
    {"a.py", "exec(\"m = AutoModel.from_pretrained('nimbus/big')\")\n", "nimbus/big"},
};

}  // namespace howopen::test
