// A model on a page: the verdict and why, conflicts first, components with their evidence, license, uses,
// lineage.
//
//   {"id": "acme/m", "verdict": "open-weights", …}  ->  <section id="acme/m">…

#include <fmt/format.h>

#include <algorithm>

#include "howopen/verdict.h"
#include "report/html.h"
#include "report/layout.h"
#include "report/markup.h"

namespace howopen::report {

using text::Json;

namespace {

std::string_view str(const Json& j) {
  return j.string_or("");
}

std::string words(std::string_view key) {
  std::string out(key);
  std::replace(out.begin(), out.end(), '_', ' ');
  std::replace(out.begin(), out.end(), '-', ' ');
  return out;
}

class Section {
 public:
  Section(const Json& model, const Catalog& catalog, bool brief)
      : m_(model), named_(named(model)), catalog_(catalog), brief_(brief) {}

  std::string write() {
    head();
    decision();
    conflicts();
    components();
    license();
    uses();
    lineage();
    frameworks();
    practice();
    findings();
    errors();
    return fmt::format("<section class=\"model\" id=\"{}\">\n{}</section>\n", markup(str(m_["id"])), out_);
  }

 private:
  void head() {
    const bool closed = str(m_["source"]) == word(Origin::catalog);
    const std::string id = markup(heading(str(m_["id"]), str(m_["ref"]), closed), 300);
    const std::string page =
        named_.at_hub ? fmt::format("<a href=\"{}\">{}</a>", markup(hub_page(named_.id, named_.revision)), id)
                      : id;
    out_ += fmt::format("<h2>{}", page);
    if (!named_.revision.empty())
      out_ += fmt::format(" <small>@{}</small>", markup(named_.revision.substr(0, 7)));
    out_ += "</h2>\n";
    const Json& score = m_["score"];
    const double low = score["low"].real().value_or(0);
    const double high = score["high"].real().value_or(0);
    out_ += fmt::format(
        "<p class=\"lead\">{} <span class=\"dots\" role=\"img\" aria-label=\"{}\">{}</span> {}</p>\n",
        verdict_markup(str(m_["verdict"])), markup(dots_words(m_)), dots_of(m_),
        low == high ? fmt::format("{:g} of 5", low) : fmt::format("{:g} to {:g} of 5", low, high));
    if (str(m_["verdict_low"]) != str(m_["verdict_high"]))
      out_ += fmt::format("<p>Between {} and {}: not everything could be seen.</p>\n",
                          verdict_markup(str(m_["verdict_low"])), verdict_markup(str(m_["verdict_high"])));
    for (const Json& reason : m_["reasons"].items()) out_ += fmt::format("<p>{}</p>\n", markup(str(reason)));
    std::string modifiers;
    for (const Json& modifier : m_["modifiers"].items())
      modifiers += (modifiers.empty() ? "" : ", ") + markup(words(str(modifier)));
    if (!modifiers.empty()) out_ += fmt::format("<p class=\"quiet\">{}</p>\n", modifiers);
    const Json& next = m_["next_rung"];
    if (!next.is_null()) {
      std::string missing;
      for (const Json& one : next["missing"].items())
        missing += (missing.empty() ? "" : ", ") + markup(words(str(one)));
      if (!missing.empty())
        out_ += fmt::format("<p class=\"quiet\">Missing for {}: {}</p>\n",
                            verdict_markup(str(next["verdict"])), missing);
    }
    if (!str(m_["as_of"]).empty())
      out_ += fmt::format("<p class=\"quiet\">From facts of {}, not looked up now.</p>\n",
                          markup(str(m_["as_of"]), 40));
  }

  std::string evidence(const Json& list) const {
    std::string items;
    for (const Json& e : list.items()) {
      if (brief_) return fmt::format("<div class=\"quiet\">{}</div>", place_markup(named_, str(e["where"])));
      items += fmt::format("<li>{}{}<small>{}</small></li>\n", markup(str(e["what"])),
                           str(e["where"]).empty()
                               ? " "
                               : " <span class=\"at\">" + place_markup(named_, str(e["where"])) + "</span> ",
                           markup(str(e["rule"]), 80));
    }
    return items.empty() ? items : "<ul class=\"evidence\">\n" + items + "</ul>\n";
  }

  std::string finding(const Json& f, std::string_view level) const {
    std::string out =
        fmt::format("<li class=\"{}\"><b>{}</b> {}{}", markup(level, 20), markup(str(f["rule"]), 80),
                    markup(str(f["message"])), evidence(f["evidence"]));
    if (!f["reference"].is_null())
      out += fmt::format("<p class=\"quiet\">used {}:{}</p>", markup(str(f["reference"]["file"]), 300),
                         f["reference"]["line"].integer_or(0));
    if (!f["policy"].is_null())
      out += fmt::format(
          "<p class=\"quiet\">policy {}{} {}</p>", markup(str(f["policy"]["file"]), 300),
          f["policy"]["line"].is_null() ? "" : fmt::format(":{}", f["policy"]["line"].integer_or(0)),
          markup(str(f["policy"]["text"]), 300));
    if (!f["waiver"].is_null())
      out += fmt::format("<p class=\"quiet\">waived until {}: {} ({})</p>",
                         markup(str(f["waiver"]["until"]), 20), markup(str(f["waiver"]["reason"])),
                         markup(str(f["waiver"]["by"]), 100));
    if (!str(f["fix"]).empty())
      out += fmt::format("<p class=\"quiet\">fix: <code>{}</code></p>", markup(str(f["fix"])));
    return out + "</li>\n";
  }

  void decision() {
    const std::string_view d = str(m_["decision"]);
    if (d.empty()) return;
    out_ += fmt::format("<p>Gate: <span class=\"decision {0}\">{0}</span></p>\n", markup(d, 20));
    std::string items;
    for (const Json& f : m_["findings"].items()) {
      if (str(f["level"]) != "note") items += finding(f, str(f["level"]));
    }
    if (!items.empty()) out_ += "<ul class=\"findings\">\n" + items + "</ul>\n";
  }

  void conflicts() {
    std::string items;
    for (const Json& f : m_["license"]["conflicts"].items()) items += finding(f, "conflict");
    if (!items.empty()) out_ += "<h3>Conflicts</h3>\n<ul class=\"findings\">\n" + items + "</ul>\n";
  }

  void components() {
    out_ +=
        "<h3>Components</h3>\n<table class=\"parts\">\n<thead><tr><th scope=\"col\">component</th><th "
        "scope=\"col\">status</th><th scope=\"col\">what was seen, and where</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < kComponents; ++i) {
      const std::string_view name = word(static_cast<Component>(i));
      const Json& c = m_["components"][name];
      const std::string status = markup(str(c["status"]), 20);
      out_ += fmt::format(
          "<tr><th scope=\"row\">{}</th><td><span class=\"s {}\">{}</span></td><td>{}{}</td></tr>\n",
          words_of(static_cast<Component>(i)), status, status, markup(str(c["summary"])),
          evidence(c["evidence"]));
    }
    out_ += "</tbody>\n</table>\n";
  }

  void row(std::string_view head, const std::string& text) {
    if (!text.empty()) out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", head, text);
  }

  void license() {
    const Json& l = m_["license"];
    const Json& w = l["weights"];
    out_ += "<h3>License</h3>\n<dl>\n";
    row("what binds",
        fmt::format("{} <small>{}</small>", markup(catalog_.in_words(str(l["effective"]["expression"]))),
                    markup(words(str(l["effective"]["class"])), 60)));
    if (!w.is_null()) {
      row("declared", str(w["declared"]).empty() ? "nothing" : markup(str(w["declared"]), 300));
      row("read", str(w["file"]).empty()
                      ? "no license text: a claim alone"
                      : fmt::format("{} in {}, {}", markup(catalog_.in_words(str(w["concluded"])), 300),
                                    place_markup(named_, std::string(str(w["file"])) +
                                                             (named_.revision.empty() ? "" : "@") +
                                                             std::string(named_.revision)),
                                    markup(str(w["match"]), 40)));
    }
    for (const Json& from : l["effective"]["from"].items())
      row("terms from", place_markup(named_, str(from)));
    for (const char* what : {"code", "training_code", "training_data"}) {
      if (!l[what].is_null() && !str(l[what]["concluded"]).empty())
        row(words(what), markup(catalog_.in_words(str(l[what]["concluded"])), 300));
    }
    if (!brief_) {
      std::string traits;
      for (const auto& [name, t] : l["traits"].members()) {
        if (str(t["value"]) == "no" && str(t["clause"]).empty()) continue;
        traits += fmt::format("<li>{}: {} <small>{}</small></li>\n", markup(words(name), 60),
                              markup(trait_words(name, str(t["value"])), 60), markup(str(t["clause"]), 300));
      }
      if (!traits.empty()) row("terms", "<ul>\n" + traits + "</ul>");
    }
    out_ += "</dl>\n";
  }

  std::string clauses(const Json& list) const {
    std::string items;
    for (const Json& c : list.items())
      items += fmt::format("<li>{} <small>{} {}</small></li>\n", markup(str(c["text"])),
                           markup(str(c["license"]), 100), markup(str(c["clause"]), 200));
    return items.empty() ? items : "<ul>\n" + items + "</ul>";
  }

  void uses() {
    std::string rows;
    for (const Json& p : m_["permissions"].items()) {
      const std::string answer = markup(str(p["answer"]), 20);
      rows += fmt::format("<dt>{}</dt><dd><span class=\"a {}\">{}</span>{}</dd>\n",
                          markup(words(str(p["use"])), 60), answer, markup(words(answer)),
                          brief_ ? "" : clauses(p["because"]) + clauses(p["duties"]));
    }
    if (!rows.empty()) out_ += "<h3>May it be used for</h3>\n<dl>\n" + rows + "</dl>\n";
  }

  void lineage() {
    std::string items;
    for (const Json& e : m_["lineage"].items())
      items +=
          fmt::format("<li>{}: {} <small>{}</small></li>\n", markup(str(e["relation"]), 40),
                      place_markup(named_, str(e["id"])), markup(catalog_.in_words(str(e["license"])), 300));
    if (!items.empty()) out_ += "<h3>Made from</h3>\n<ul>\n" + items + "</ul>\n";
  }

  void frameworks() {
    const Json& c = m_["crosswalk"];
    if (c.is_null() || brief_) return;
    const auto because = [&](const Json& of) {
      std::string out;
      for (const Json& b : of["because"].items()) out += (out.empty() ? "" : "; ") + markup(str(b));
      return out.empty() ? out : " <small>" + out + "</small>";
    };
    const auto meets = [&](const Json& of) {
      const auto yes = of["meets"].boolean();
      return std::string(!yes ? "not determinable" : *yes ? "yes" : "no") + because(of);
    };
    const auto summary = [&](const Json& of) {
      const auto found = of["found"].boolean();
      std::string out = std::string(!found ? "not known" : *found ? "found" : "none found") + because(of);
      for (const Json& p : of["places"].items()) {
        const std::string_view url = str(p["url"]);
        const bool is_address = url.starts_with("https://") || url.starts_with("http://");
        out += "<br>" + markup(str(p["what"])) + ": " +
               (is_address ? fmt::format("<a href=\"{0}\" rel=\"noopener noreferrer\">{0}</a>", markup(url))
                           : place_markup(named_, str(p["where"])));
        if (!str(p["as_of"]).empty()) out += fmt::format(" (as of {})", markup(str(p["as_of"])));
        std::string sections;
        for (const Json& s : p["sections"].items())
          sections += (sections.empty() ? "" : ", ") + markup(str(s));
        if (!sections.empty()) out += " <small>sections: " + sections + "</small>";
      }
      return out;
    };
    out_ += "<h3>In the words of others</h3>\n<dl>\n";
    const std::string_view mof = str(c["mof"]["class"]);
    row("Model Openness Framework", (mof.empty()     ? std::string("not determinable")
                                     : mof == "none" ? "no class"
                                                     : "class " + markup(mof, 10)) +
                                        because(c["mof"]));
    row("Open Source AI Definition 1.0", meets(c["osaid_1_0"]));
    row("EU AI Act, Article 53(2)", meets(c["eu_ai_act_53_2"]));
    row("EU AI Act, Article 53(1)(d): public summary of training content", summary(c["eu_ai_act_53_1_d"]));
    out_ += "</dl>\n";
  }

  void practice() {
    const Json& p = m_["practical"];
    const auto load = p["load_bytes"].integer();
    if (!load) return;
    std::string text = gigabytes(*load) + " to load";
    if (const auto run = p["run_bytes"].integer()) text += ", about " + gigabytes(*run) + " to run";
    if (!str(p["who"]).empty()) text += "; " + markup(str(p["who"]), 100);
    out_ += fmt::format("<h3>To run it</h3>\n<p>{}</p>\n", text);
  }

  void findings() {
    const bool gate = !str(m_["decision"]).empty();
    std::string items;
    for (const Json& f : m_["findings"].items()) {
      const std::string_view level = str(f["level"]);
      const auto& conflicts = m_["license"]["conflicts"].items();
      const bool said = std::any_of(conflicts.begin(), conflicts.end(), [&](const Json& c) {
        return str(c["rule"]) == str(f["rule"]) && str(c["message"]) == str(f["message"]);
      });
      if (!said && (!gate || level == "note")) items += finding(f, level);
    }
    if (!items.empty()) out_ += "<h3>Findings</h3>\n<ul class=\"findings\">\n" + items + "</ul>\n";
  }

  void errors() {
    std::string items;
    for (const Json& e : m_["errors"].items())
      items += fmt::format("<li>{}: {} <span class=\"at\">{}</span></li>\n", markup(str(e["kind"]), 40),
                           markup(str(e["message"])), place_markup(named_, str(e["where"])));
    if (!items.empty()) out_ += "<h3>What could not be seen</h3>\n<ul>\n" + items + "</ul>\n";
  }

  const Json& m_;
  Named named_;
  const Catalog& catalog_;
  bool brief_;
  std::string out_;
};

std::string use_marks(const Json& model) {
  std::string out;
  for (const Json& p : model["permissions"].items())
    out += fmt::format("<span class=\"a {}\" title=\"{}: {}\">{}</span>", markup(str(p["answer"]), 20),
                       markup(words(str(p["use"])), 60), markup(words(str(p["answer"])), 20),
                       markup(words(str(p["use"])).substr(0, 1), 4));
  return out;
}

std::string use_answers(const Json& model) {
  std::string out;
  for (const Json& p : model["permissions"].items())
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", str(p["use"]), str(p["answer"]));
  return out;
}

}  // namespace

std::string verdict_markup(std::string_view verdict) {
  const auto rung = from_word<Rung>(verdict);
  return fmt::format("<span class=\"v {}\">{}</span>", rung ? word(*rung) : "undetermined",
                     rung ? title(*rung) : "not determined");
}

std::int64_t conflicts_of(const Json& model) {
  return static_cast<std::int64_t>(model["license"]["conflicts"].items().size());
}

std::string model_section(const Json& model, const Catalog& catalog, bool brief) {
  return Section(model, catalog, brief).write();
}

std::string model_row(const Json& model, const Catalog& catalog, std::string_view href) {
  const std::string_view verdict = str(model["verdict"]);
  const auto rung = from_word<Rung>(verdict).value_or(Rung::undetermined);
  const std::int64_t conflicts = conflicts_of(model);
  const Json& effective = model["license"]["effective"];
  const std::string_view decision = str(model["decision"]);
  const std::string cls = markup(str(effective["class"]), 40);
  std::string out = fmt::format(
      "<tr data-v=\"{}\" data-r=\"{}\" data-l=\"{}\" data-n=\"{}\" data-s=\"{:g}\" data-u=\"{}\" "
      "data-d=\"{}\">",
      word(rung), static_cast<int>(rung), cls, conflicts, model["score"]["points"].real().value_or(0),
      markup(use_answers(model), 400), markup(decision, 20));
  out += fmt::format(
      "<td><a href=\"{}\">{}</a></td><td>{}{}</td>", markup(href, 4000), markup(str(model["id"]), 300),
      verdict_markup(verdict),
      decision.empty() ? "" : fmt::format(" <span class=\"decision {0}\">{0}</span>", markup(decision, 20)));
  out += fmt::format("<td class=\"dots\" title=\"{}\">{}</td>", markup(dots_words(model)), dots_of(model));
  out += fmt::format("<td>{} <small>{}</small></td><td class=\"uses\">{}</td><td class=\"n\">{}</td></tr>\n",
                     markup(catalog.in_words(str(effective["expression"])), 160), words(cls),
                     use_marks(model), conflicts > 0 ? fmt::format("{}", conflicts) : "");
  return out;
}

}  // namespace howopen::report
