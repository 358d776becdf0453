// How names of models are spelled and put together, with neighbours that look alike: the file, its text, what
// is named in it, and what is told as unresolved.
#pragma once

namespace howopen::test::spellings {

struct Spelling {
  const char* file;
  const char* text;
  const char* ids;
  const char* open;
};

// clang-format off: a case a line
inline constexpr Spelling kTemplates[] = {
    {"p.yaml", "kind: Pod\nspec:\n  containers:\n    - args: [\"--model\", \"{{ .Values.org }}/{{ .Values.name }}\"]\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "args:\n  - --model={{ .Values.org }}/{{ .Values.name }}\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "args:\n  - --model\n  - \"{{ .Values.org }}/{{ .Values.name }}\"\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "args:\n  - --model {{ .Values.org }}/{{ .Values.name }}\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "args: [\"--model\", {{ printf \"%s/%s\" .Values.org .Values.name | quote }}]\n", "", "{{ printf %s/%s .Values.org .Values.name | quote }}"},
    {"p.yaml", "env:\n  - name: MODEL_ID\n    value: \"{{ .Values.org }}/{{ .Values.name }}\"\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "model: {{ .Values.org }}/{{ .Values.name }}\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "command: [\"sh\", \"-c\", \"vllm serve {{ .Values.org }}/{{ .Values.name }} --port 1\"]\n", "", "{{ .Values.org }}/{{ .Values.name }}"},
    {"p.yaml", "image: \"{{ .Values.image.registry }}/{{ .Values.image.repo }}\"\n", "", ""},
    {"t.yml", "- ansible.builtin.command: ollama pull {{ ollama_model | default('codellama:7b-code') }}\n", "", "codellama:7b-code"},
    {"t.yml", "- shell: ollama pull {{ m }}\n", "", "{{ m }}"},
    {"t.yml", "- command: hf download {{ m | default('acme/jar') }}\n", "acme/jar", ""},
    {"r.sh.j2", "vllm serve {{ m }} --port 1\n", "", "{{ m }}"},
    {"r.sh.j2", "vllm serve {{ 'acme/big' if big else 'acme/low' }}\n", "acme/big acme/low", ""},
    {"r.sh.j2", "vllm serve {% if big %}acme/big{% else %}acme/low{% endif %} --port 1\n", "acme/big acme/low", ""},
    {"m.sql", "select {{ var('model_id', 'acme/jar') }}\n", "acme/jar", ""},
    {"r.sh", "huggingface-cli download {{ cookiecutter.model }}\n", "", "{{ cookiecutter.model }}"},
    {"justfile", "model := \"acme/jar\"\nget:\n  hf download {{model}}\n", "acme/jar", ""},
    {"r.sh", "docker ps --format '{{.Names}}'\necho {{ a | default('acme/page') }}\n", "", ""},
};

inline constexpr Spelling kYaml[] = {
    {"a.yaml", "model: !!binary |\n  YWNtZS9q\n  YXItN2I=\n", "acme/jar-7b", ""},
    {"a.yaml", "model: !!binary YWNtZS9qYXItN2I=\n", "acme/jar-7b", ""},
    {"a.yaml", "model_id: !!binary \"YWNtZS9qYXItN2I=\"\n", "acme/jar-7b", ""},
    {"a.yaml", "model_id: !!binary\n  YWNtZS9qYXItN2I=\n", "acme/jar-7b", ""},
    {"a.yaml", "model_id: !!str acme/jar-7b\n", "acme/jar-7b", ""},
    {"a.yaml", "model_id: !!str\n  acme/jar-7b\nx: 1\n", "acme/jar-7b", ""},
    {"a.yaml", "base: &m !!str acme/jar-7b\nuse:\n  model_id: *m\n", "acme/jar-7b", ""},
    {"a.yaml", "x: &m !!binary YWNtZS9qYXItN2I=\nuse:\n  model_id: *m\n", "acme/jar-7b", ""},
    {"a.yaml", "x: &m >-\n  acme/jar-7b\nuse:\n  model_id: *m\n", "acme/jar-7b", ""},
    {"a.yaml", "x: &m acme/jar\nargs: [\"vllm\", \"serve\", *m]\n", "acme/jar", ""},
    {"a.yaml", "x: &m acme/jar\nargs:\n  - --model-id\n  - *m\n", "acme/jar", ""},
    {"a.yaml", "x: &d\n  kind: acme/page\nuse:\n  <<: *d\n  model_id: *d\n", "", ""},
    {"a.yaml", "kind: Secret\ndata:\n  MODEL_ID: YWNtZS9qYXItN2I=\n  PAGE: YWNtZS9wYWdl\n", "acme/jar-7b", ""},
    {"a.yaml", "args:\n  - >\n    vllm serve\n    acme/jar\n    --port 1\nenv: 1\n", "acme/jar", ""},
    {"a.yaml", "args:\n- >-\n  vllm serve\n  acme/jar\n", "acme/jar", ""},
    {"a.yaml", "command:\n  - sh\n  - -c\n  - >\n    exec vllm serve\n      acme/jar\n\n    echo done\n", "acme/jar", ""},
    {"a.yaml", "command: >\n  huggingface-cli download\n  acme/jar\n", "acme/jar", ""},
    {"a.yaml", "args:\n  - --model\n  - >-\n    acme/jar-7b\n", "acme/jar-7b", ""},
    {"a.yaml", "args:\n  - vllm serve\n    acme/jar\n    --port 1\n", "acme/jar", ""},
    {"a.yaml", "args:\n  - \"vllm serve\n    acme/jar\"\n", "acme/jar", ""},
    {"a.yaml", "args:\n  - |\n    vllm serve \\\n      acme/jar\n", "acme/jar", ""},
    {"a.yaml", "args:\n  - >\n    echo text\n    acme/page\n", "", ""},
};

inline constexpr Spelling kServedIds[] = {
    {"a.py", "import boto3\nbr.invoke_model(modelId=\"us.meta.llama3-2-3b-instruct-v1:0\", body=\"{}\")\n", "", "us.meta.llama3-2-3b-instruct-v1:0"},
    {"a.py", "MODEL = \"meta.llama3-70b-instruct-v1:0\"\n", "", "meta.llama3-70b-instruct-v1:0"},
    {"a.py", "MODEL = \"cohere.command-r-plus-v1:0\"\n", "", "cohere.command-r-plus-v1:0"},
    {"a.py", "MODEL = \"mistral.mistral-large-2407-v1:0\"\n", "", "mistral.mistral-large-2407-v1:0"},
    {"a.py", "MODEL = \"us.deepseek.r1-v1:0\"\n", "", "us.deepseek.r1-v1:0"},
    {"a.py", "MODEL = \"qwen.qwen3-32b-v1:0\"\n", "", "qwen.qwen3-32b-v1:0"},
    {"a.py", "MODEL = \"openai.gpt-oss-120b-1:0\"\n", "", "openai.gpt-oss-120b-1:0"},
    {"a.py", "br.converse(modelId=mid, messages=[])\n", "", "mid"},
    {"a.ts", "const c = new InvokeModelCommand({ modelId: pick(x), body });\n", "", "pick(x)"},
    {"a.yaml", "model_id: google.gemma-3-27b-it\n", "", "google.gemma-3-27b-it"},
    {"r.sh", "aws bedrock-runtime invoke-model --model-id meta.llama3-8b-instruct-v1:0 out\n", "", "meta.llama3-8b-instruct-v1:0"},
    {"main.tf", "arn = \"arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-8b-instruct-v1:0\"\n", "", "meta.llama3-8b-instruct-v1:0"},
    {"a.py", "c = AzureChatOpenAI(azure_deployment=\"chat-prod\", model=\"gpt-4o\")\n", "gpt-4o", "chat-prod"},
    {"a.py", "m = \"publishers/meta/models/llama-3.3-70b-instruct-maas\"\n", "", "llama-3.3-70b-instruct-maas"},
    {"a.py", "r = client.chat.completions.create(model=\"meta/llama-3.1-405b-instruct-maas\")\n", "", "meta/llama-3.1-405b-instruct-maas"},
    {"a.py", "r = client.chat.completions.create(model=\"accounts/fireworks/models/llama-v3p1-8b-instruct\")\n", "", "llama-v3p1-8b-instruct"},
    {"a.py", "from groq import Groq\nr = client.chat.completions.create(model=\"llama-3.3-70b-versatile\")\n", "", "llama-3.3-70b-versatile"},
    {"a.py", "x = \"meta.title-v2\"\ny = \"a.b:0\"\nhost = \"google.cloud-1:80\"\n", "", ""},
};

inline constexpr Spelling kContinued[] = {
    {"r.sh", "vllm serve deepseek-ai/DeepSeek-R1\\\n-Distill-Llama-8B\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"Dockerfile", "FROM x\nRUN vllm serve deepseek-ai/DeepSeek-R1\\\n-Distill-Llama-8B\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"Makefile", "run:\n\tvllm serve deepseek-ai/DeepSeek-R1\\\n\t-Distill-Llama-8B\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"r.bat", "vllm serve deepseek-ai/DeepSeek-R1^\r\n-Distill-Llama-8B\r\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"r.ps1", "vllm serve deepseek-ai/DeepSeek-R1`\n-Distill-Llama-8B\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"a.yml", "run: |\n  vllm serve deepseek-ai/DeepSeek-R1\\\n  -Distill-Llama-8B\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"r.sh", "vllm serve \"deepseek-ai/DeepSeek-R1\\\n-Distill-Llama-8B\"\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"r.sh", "vllm serve deepseek-ai/DeepSeek-R1\\\r\n-Distill-Llama-8B\r\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"a.md", "```bash\nvllm serve deepseek-ai/DeepSeek-R1\\\n-Distill-Llama-8B\n```\n", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", ""},
    {"r.sh", "X=`cat a`\nvllm serve acme/jar\n", "acme/jar", ""},
    {"r.sh", "vllm serve acme/jar \\\n  --port 1\n", "acme/jar", ""},
};

inline constexpr Spelling kMade[] = {
    {"a.py", "from transformers import AutoModel\nORG = \"acme\"\nSIZE = \"2b\"\nM = f\"{ORG}/jar-{SIZE}-it\"\nm = AutoModel.from_pretrained(M)\n", "acme/jar-2b-it", ""},
    {"b.py", "from transformers import AutoModel\nORG = \"acme\"\nm = AutoModel.from_pretrained(f\"{ORG}/jar-2b-it\")\n", "acme/jar-2b-it", ""},
    {"c.py", "from transformers import AutoModel\nORG = \"acme\"\nN = \"jar-2b-it\"\nm = AutoModel.from_pretrained(\"%s/%s\" % (ORG, N))\n", "acme/jar-2b-it", ""},
    {"d.py", "from transformers import AutoModel\nORG = \"acme\"\nm = AutoModel.from_pretrained(\"{}/jar-2b-it\".format(ORG))\n", "acme/jar-2b-it", ""},
    {"e.py", "from transformers import AutoModel\nORG = \"acme\"\nm = AutoModel.from_pretrained(ORG + \"/jar-2b-it\")\n", "acme/jar-2b-it", ""},
    {"f.py", "from transformers import AutoModel\nclass C:\n    ORG = \"acme\"\n    def f(self):\n        return AutoModel.from_pretrained(f\"{self.ORG}/jar-2b-it\")\n", "acme/jar-2b-it", ""},
    {"g.py", "from transformers import AutoModel\nORG = \"acme\"\nm = AutoModel.from_pretrained(\"/\".join([ORG, \"jar-2b-it\"]))\n", "acme/jar-2b-it", ""},
    {"a.ts", "const ORG = \"acme\";\nconst SIZE = \"2b\";\nconst model = `${ORG}/jar-${SIZE}-it`;\nrun({ model });\n", "acme/jar-2b-it", ""},
    {"b.js", "import {pipeline} from \"@huggingface/transformers\";\nconst ORG = \"acme\";\nawait pipeline(\"summarization\", `${ORG}/jar-2b-it`);\n", "acme/jar-2b-it", ""},
    {"A.kt", "val ORG = \"acme\"\nval SIZE = \"2b\"\nval model = \"$ORG/jar-${SIZE}-it\"\n", "acme/jar-2b-it", ""},
    {"a.rb", "ORG = \"acme\"\nSIZE = \"2b\"\nmodel = \"#{ORG}/jar-#{SIZE}-it\"\n", "acme/jar-2b-it", ""},
    {"a.dart", "const org = 'acme';\nfinal model = '$org/jar-2b-it';\n", "acme/jar-2b-it", ""},
    {"a.sh", "ORG=acme\nSIZE=2b\nvllm serve \"$ORG/jar-${SIZE}-it\"\n", "acme/jar-2b-it", ""},
    {"a.php", "<?php\n$org = \"acme\";\n$model = \"$org/jar-2b-it\";\n", "acme/jar-2b-it", ""},
    {"b.php", "<?php\n$org = \"acme\";\n$model = $org . \"/jar-2b-it\";\n", "acme/jar-2b-it", ""},
    {"a.swift", "let org = \"acme\"\nlet model = \"\\(org)/jar-2b-it\"\n", "acme/jar-2b-it", ""},
    {"a.go", "package a\nconst org = \"acme\"\nvar model = fmt.Sprintf(\"%s/jar-2b-it\", org)\n", "acme/jar-2b-it", ""},
    {"a.rs", "const ORG: &str = \"acme\";\nfn f() { let model = format!(\"{}/jar-2b-it\", ORG); }\n", "acme/jar-2b-it", ""},
    {"A.cs", "const string Org = \"acme\";\nvar model = $\"{Org}/jar-2b-it\";\n", "acme/jar-2b-it", ""},
    {"A.java", "static final String ORG = \"acme\";\nString model = ORG + \"/jar-2b-it\";\n", "acme/jar-2b-it", ""},
    {"a.tf", "locals {\n  org = \"acme\"\n  model_id = \"${local.org}/jar-2b-it\"\n}\n", "acme/jar-2b-it", ""},
    {"a.scala", "val org = \"acme\"\nval model = s\"$org/jar-2b-it\"\n", "acme/jar-2b-it", ""},
    {"a.py", "from transformers import AutoModel\ndef f(org):\n    return AutoModel.from_pretrained(f\"{org}/jar-2b\")\n", "", "{org}/jar-2b"},
    {"a.py", "from transformers import AutoModel\nORG = \"acme\"\nif x:\n    ORG = \"evil\"\nAutoModel.from_pretrained(f\"{ORG}/jar-2b\")\n", "", "{ORG}/jar-2b"},
    {"a.py", "BASE = \"static\"\npath = f\"{BASE}/page-1\"\n", "", ""},
};

inline constexpr Spelling kPowerShell[] = {
    {"a.ps1", "param(\n    [string]$Model = \"acme/jar-7b\",\n    [string]$Out = \"out\\models\"\n)\nhf download $Model --local-dir $Out\n", "acme/jar-7b", ""},
    {"a.ps1", "param([string]$Model = \"acme/jar-7b\", [int]$N = 1)\nhf download $Model\n", "acme/jar-7b", ""},
    {"a.ps1", "$env:MODEL_ID = \"acme/jar-7b\"\nhf download $env:MODEL_ID\n", "acme/jar-7b", ""},
    {"a.ps1", "$p = @{ Model = \"acme/jar-7b\"; Port = 1 }\nStart-Server @p\n", "acme/jar-7b", ""},
    {"a.ps1", "$a = @(\n  \"serve\",\n  \"--model\", \"acme/jar-7b\"\n)\n& vllm @a\n", "acme/jar-7b", ""},
    {"a.ps1", "function Get-It($Model = \"acme/jar-7b\", $Rev = \"main\") {\n  hf download $Model\n}\n", "acme/jar-7b", ""},
    {"a.ps1", "$Org = \"acme\"\nvllm serve \"$Org/jar-7b\"\n", "acme/jar-7b", ""},
    {"a.ps1", "$p = @{\n  Model = \"acme/jar-7b\"\n  Image = \"acme/page\"\n}\n", "acme/jar-7b", ""},
    {"a.ps1", "[Parameter(Mandatory=$false)]\n[string] $Model = \"acme/jar-7b\"\nhf download $Model\n", "acme/jar-7b", ""},
};

inline constexpr Spelling kStandIns[] = {
    {"a.py", "from transformers import AutoModel\nt = AutoModel.from_pretrained(\"path/to/checkpoint\")\nu = AutoModel.from_pretrained(\"/path/to/model\")\n", "", ""},
    {"a.py", "import transformers\nDOCKER = \"huggingface/transformers-pytorch-gpu\"\n", "", ""},
    {"a.py", "from transformers import AutoModel\nt = AutoModel.from_pretrained(\"./checkpoint\")\n", "", "./checkpoint"},
};

// clang-format on

}  // namespace howopen::test::spellings
