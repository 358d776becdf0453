// The table of calls, from the Hub's own snippets and from what launchers and frameworks document.
//
//   call_rule("from_pretrained")  ->  always, first argument

#include "scan/calls.h"

#include <algorithm>
#include <array>

#include "scan/names.h"
#include "text/utf8.h"

namespace howopen::scan {
namespace {

using Trust = CallRule::Trust;

constexpr CallRule kCalls[] = {
    {"from_pretrained"},
    {"from_pretrained_keras"},
    {"from_pretrained_fastai"},
    {"from_hparams"},
    {"from_model_id"},
    {"load_lora_weights"},
    {"load_textual_inversion"},
    {"load_ip_adapter"},
    {"load_attn_procs"},
    {"load_lora_into_unet"},
    {"hf_hub_download"},
    {"hf_hub_url"},
    {"snapshot_download"},
    {"try_to_load_from_cache"},
    {"load_from_hf_hub"},
    {"load_model_ensemble_and_task_from_hf_hub"},
    {"SentenceTransformer"},
    {"CrossEncoder", Trust::always},
    {"SparseEncoder"},
    {"HuggingFaceEmbeddings"},
    {"HuggingFaceBgeEmbeddings"},
    {"HuggingFaceInstructEmbeddings"},
    {"HuggingFaceInferenceAPIEmbeddings"},
    {"HuggingFaceEndpointEmbeddings"},
    {"HuggingFaceEmbedding"},
    {"HuggingFaceEndpoint"},
    {"HuggingFaceHub"},
    {"HuggingFaceLLM"},
    {"HuggingFaceInferenceAPI"},
    {"HuggingFaceLocalGenerator"},
    {"HuggingFaceLocalChatGenerator"},
    {"HuggingFaceCrossEncoder"},
    {"HuggingFaceInference"},
    {"HuggingFaceTransformersEmbeddings"},
    {"SentenceTransformersDocumentEmbedder"},
    {"SentenceTransformersTextEmbedder"},
    {"SentenceTransformersRanker"},
    {"SentenceTransformerRerank"},
    {"SentenceTransformerEmbeddings"},
    {"SentenceTransformerEmbeddingFunction"},
    {"TransformersSimilarityRanker"},
    {"TransformersModel"},
    {"InferenceClientModel"},
    {"HfApiModel"},
    {"TransformerWordEmbeddings"},
    {"TransformerDocumentEmbeddings"},
    {"HFModel"},
    {"HFClientVLLM"},
    {"HFClientTGI"},
    {"InferenceClient", Trust::owned},
    {"AsyncInferenceClient", Trust::owned},
    {"InferenceApi", Trust::owned},
    {"AsyncEngineArgs", Trust::always},
    {"EngineArgs", Trust::owned},
    {"LLM", Trust::owned},
    {"VLLM", Trust::owned},
    {"ChatHuggingFace", Trust::owned},
    {"WhisperModel", Trust::owned},
    {"MLXModel", Trust::owned},
    {"ModelConfiguration", Trust::owned},
    {"VLLMModel", Trust::owned},
    {"FlagModel", Trust::owned},
    {"FlagAutoModel", Trust::owned},
    {"BGEM3FlagModel", Trust::owned},
    {"FlagReranker", Trust::owned},
    {"FlagLLMReranker", Trust::owned},
    {"TextEmbedding", Trust::owned},
    {"SparseTextEmbedding", Trust::owned},
    {"LateInteractionTextEmbedding", Trust::owned},
    {"TextCrossEncoder", Trust::owned},
    {"KeyBERT", Trust::owned},
    {"BERTopic", Trust::owned},
    {"load_from_hub", Trust::owned},
    {"from_hub", Trust::owned},
    {"from_repo", Trust::owned},
    {"get_pretrained", Trust::owned},
    {"get_pretrained_model", Trust::owned},
    {"from_preset", Trust::owned},
    {"model_info", Trust::owned},
    {"modelInfo", Trust::owned},
    {"list_repo_files", Trust::owned},
    {"list_repo_tree", Trust::owned},
    {"get_safetensors_metadata", Trust::owned},
    {"load_adapter", Trust::owned},
    {"downloadFile", Trust::owned},
    {"snapshotDownload", Trust::owned},
    {"with_revision", Trust::owned},
    {"AutoModel", Trust::owned},
    {"KPipeline", Trust::owned},
    {"DownloadModel", Trust::owned},
    {"downloadModel", Trust::owned},
    {"huggingface", Trust::owned},
    {"LM", Trust::owned},
    {"from_provider", Trust::owned},
    {"hub_download", Trust::owned},
    {"hub_snapshot", Trust::owned},
    {"OpenModel", Trust::owned},
    {"init_chat_model", Trust::owned},
    // The package text of R: the texts come first.
    {"textEmbed", Trust::always, -1},
    {"textClassify", Trust::always, -1},
    {"textGeneration", Trust::always, -1},
    {"textNER", Trust::always, -1},
    {"textQA", Trust::always, -1},
    {"textSum", Trust::always, -1},
    {"textTranslate", Trust::always, -1},
    {"pipeline", Trust::aware, -1},
    {"Transformer", Trust::aware},
    {"Engine", Trust::aware},
    {"Runtime", Trust::aware},
    {"load", Trust::aware},
    {"load_model", Trust::aware},
    {"create_model", Trust::aware},
    {"download", Trust::aware},
    {"model", Trust::aware},
    {"HuggingFace", Trust::aware},
    {"Embeddings", Trust::aware},
};

constexpr std::array<std::string_view, 30> kArguments = {"pretrained_model_name_or_path",
                                                         "pretrained_model_name",
                                                         "pretrained_model_link_or_path",
                                                         "model_name_or_path",
                                                         "model_id",
                                                         "modelId",
                                                         "model_name",
                                                         "modelName",
                                                         "model_path",
                                                         "repo_id",
                                                         "repo",
                                                         "repoId",
                                                         "model",
                                                         "source",
                                                         "model_id_or_path",
                                                         "model_or_path",
                                                         "huggingface_repo_id",
                                                         "hf_model",
                                                         "pretrained",
                                                         "name",
                                                         "embedding_model",
                                                         "model_name_or_checkpoint",
                                                         "pretrained_model_or_path",
                                                         "release",
                                                         "hf_repo",
                                                         "embedding_model_name",
                                                         "model_kwargs_name",
                                                         "adapter_name_or_path",
                                                         "path",
                                                         "path_or_hf_repo"};

constexpr std::array<std::string_view, 7> kRevisions = {
    "revision", "commit_id", "rev", "branch", "commit_hash", "revision_id", "model_revision"};

constexpr std::array<std::string_view, 92> kPackages = {"transformers",
                                                        "diffusers",
                                                        "huggingface_hub",
                                                        "sentence_transformers",
                                                        "vllm",
                                                        "sglang",
                                                        "mlx_lm",
                                                        "mlx_vlm",
                                                        "mlx_audio",
                                                        "mlx_whisper",
                                                        "llama_cpp",
                                                        "timm",
                                                        "open_clip",
                                                        "peft",
                                                        "flair",
                                                        "speechbrain",
                                                        "nemo",
                                                        "fastembed",
                                                        "FlagEmbedding",
                                                        "langchain_huggingface",
                                                        "langchain_community",
                                                        "llama_index",
                                                        "haystack",
                                                        "gliner",
                                                        "setfit",
                                                        "unsloth",
                                                        "trl",
                                                        "faster_whisper",
                                                        "ctransformers",
                                                        "keras_hub",
                                                        "keras_nlp",
                                                        "bertopic",
                                                        "keybert",
                                                        "litellm",
                                                        "outlines",
                                                        "dspy",
                                                        "smolagents",
                                                        "optimum",
                                                        "span_marker",
                                                        "adapters",
                                                        "asteroid",
                                                        "espnet2",
                                                        "hezar",
                                                        "fairseq",
                                                        "pythae",
                                                        "skops",
                                                        "stable_baselines3",
                                                        "huggingface_sb3",
                                                        "tensorflowtts",
                                                        "sgl",
                                                        "lmdeploy",
                                                        "pyannote",
                                                        "audiocraft",
                                                        "sample_factory",
                                                        "model2vec",
                                                        "mamba_ssm",
                                                        "edsnlp",
                                                        "bm25s",
                                                        "relik",
                                                        "timesfm",
                                                        "chronos",
                                                        "optimum_benchmark",
                                                        "tensorrt_llm",
                                                        "openvino_genai",
                                                        "onnxruntime_genai",
                                                        "guidance",
                                                        "lighteval",
                                                        "lm_eval",
                                                        "candle_transformers",
                                                        "hf_hub",
                                                        "candle_core",
                                                        "mistralrs",
                                                        "fastai",
                                                        "txtai",
                                                        "accelerate",
                                                        "bitsandbytes",
                                                        "auto_gptq",
                                                        "awq",
                                                        "exllamav2",
                                                        "gpt4all",
                                                        "nexa",
                                                        "ragatouille",
                                                        "pylate",
                                                        "colpali_engine",
                                                        "rerankers",
                                                        "spacy_transformers",
                                                        "kokoro",
                                                        "ultralytics",
                                                        "tokenizers",
                                                        "rust_bert",
                                                        "birder",
                                                        "allennlp"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view s) {
  return std::find(list.begin(), list.end(), s) != list.end();
}

}  // namespace

const CallRule* call_rule(std::string_view name) {
  if (name.size() < 2 || name.size() > 48) return nullptr;
  for (const CallRule& rule : kCalls) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

bool is_model_argument(std::string_view name) {
  return holds(kArguments, name);
}
bool is_revision_argument(std::string_view name) {
  return holds(kRevisions, name);
}

// var source = HuggingFaceModelSource.defaultInstance()
bool is_hub_class(std::string_view word) {
  return !word.empty() && text::is_upper(word[0]) && !word.ends_with("Exception") &&
         !word.ends_with("Error") &&
         (word.find("HuggingFace") != std::string_view::npos || word.starts_with("HFClient") ||
          word.starts_with("HfHub") || word.starts_with("HFHub") || word.starts_with("HubApi") ||
          word.starts_with("HfInference") || word == "InferenceClient");
}

bool is_hub_package(std::string_view package) {
  if (package.starts_with("@huggingface/") || package.starts_with("@xenova/") ||
      package.starts_with("hf-hub") || package == "candle" || package.starts_with("candle_") ||
      package.starts_with("langchain-huggingface") || package.starts_with("llama-index"))
    return true;
  return holds(kPackages, package.substr(0, package.find_first_of("./:")));
}

}  // namespace howopen::scan
