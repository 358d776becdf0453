// Notices, and the forms that license texts come in.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "license/identify.h"
#include "support/catalog.h"
#include "support/temp_dir.h"
#include "text/rtf.h"

namespace howopen::test {
namespace {

using testing::ElementsAre;

std::string noticed(const std::string& text) {
  const Identified i = license::identify(text, the_catalog());
  return i.match == Match::reference ? i.licenses.front() : "";
}

const std::string kWarranty =
    "\n\nIt is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the "
    "implied "
    "warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for "
    "more "
    "details.\n\nYou should have received a copy of the GNU General Public License along with it. If not, "
    "see "
    "<https://www.gnu.org/licenses/>.\n";

TEST(Notices, KeepTheExceptionsThatStandInThem) {
  const std::string path =
      std::string(HOWOPEN_SOURCE_DIR) + "/../shared/licenses/texts/Classpath-exception-2.0.txt";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no ../shared/licenses: nothing was checked";
  const Identified found = license::identify(
      "This script is free software; you can redistribute it and/or modify it under the terms of the GNU "
      "General Public License, version 2 or (at your option) any later version.\n\n" +
          slurp(path),
      the_catalog());
  EXPECT_EQ(found.match, Match::reference);
  EXPECT_THAT(found.licenses, ElementsAre("GPL-2.0-or-later", "Classpath-exception-2.0"));
}

TEST(Notices, AnIdAboveATextOfAnotherLicenseCounts) {
  const std::string apache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  const auto match = [&](const std::string& line) {
    return license::identify("SPDX-License-Identifier: " + line + "\n\n" + apache, the_catalog()).match;
  };
  for (const char* same : {"Apache-2.0", "Apache-2.0 */"}) EXPECT_NE(match(same), Match::extra_terms) << same;
  for (const char* other :
       {"CC-BY-NC-4.0", "BUSL-1.1", "Apache-2.0 AND LicenseRef-Kettle", "no expression at all"})
    EXPECT_EQ(match(other), Match::extra_terms) << other;
}

TEST(Notices, LettersInDisguiseAndAttributesAreRead) {
  const std::string apache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  const auto plain = [&](const std::string& text) {
    const Match m = license::identify(text, the_catalog()).match;
    return m == Match::exact || m == Match::template_;
  };
  EXPECT_TRUE(plain(apache));
  EXPECT_FALSE(plain(apache + "\n\xE2\x93\x9D\xE2\x93\x9E "
                              "\xE2\x93\xA1\xE2\x93\x94\xE2\x93\xA2\xE2\x93\x90\xE2\x93\x9B\xE2\x93\x94\n"))
      << "no resale, in circles";
  EXPECT_FALSE(plain(apache + "\n\xE2\xA0\x9D\xE2\xA0\x95\xE2\xA0\x9D \xE2\xA0\x89\xE2\xA0\x95\n"))
      << "Braille";
  EXPECT_FALSE(plain(apache + "\n<img src=\"x.png\" alt=\"Companies have to buy a key.\">\n"));
  EXPECT_TRUE(plain("\\begin{verbatim}\n" + apache + "\n\\end{verbatim}\n"));
  EXPECT_TRUE(plain("#+BEGIN_EXAMPLE\n" + apache + "\n#+END_EXAMPLE\n"));
}

TEST(Notices, NameTheFreeDocumentationLicenseWithAndWithoutAVersion) {
  EXPECT_THAT(license::identify("This manual is under the GNU FDL.", the_catalog()).licenses,
              ElementsAre("GFDL-1.1-or-later"));
  EXPECT_THAT(license::identify(
                  "You may copy this under the terms of the GNU Free Documentation License, version 1.3.",
                  the_catalog())
                  .licenses,
              ElementsAre("GFDL-1.3-only"));
}

TEST(Notice, GnuHeadersOfAnyProgram) {
  const std::string grant =
      "Nimbus-7B is free software; you can redistribute it and/or modify it under the terms of the ";
  for (const auto& [text, id] : std::initializer_list<std::pair<std::string, std::string>>{
           {grant +
                "GNU General Public License as published by the Free Software Foundation; either version 2 "
                "of the "
                "License, or (at your option) any later version." +
                kWarranty,
            "GPL-2.0-or-later"},
           {grant + "GNU General Public License as published by the Free Software Foundation; version 2." +
                kWarranty,
            "GPL-2.0-only"},
           {grant +
                "GNU General\n   Public License as published by\nthe Free Software Foundation, either "
                "version 3 of "
                "the License, or\n(at your option) any later version." +
                kWarranty,
            "GPL-3.0-or-later"},
           {grant + "GNU General Public License version 3 only." + kWarranty, "GPL-3.0-only"},
           {grant +
                "GNU Lesser General Public License version 2.1 as published by the FSF. It comes without any "
                "warranty; see the GNU General Public License for more details.",
            "LGPL-2.1-only"},
           {grant + "GNU Affero General Public License, version 3 or any later version." + kWarranty,
            "AGPL-3.0-or-later"},
           {grant + "GNU General Public License." + kWarranty, "GPL-1.0-or-later"},
           {"Copyright 2024 Ada Example\n\n# " + grant + "version 2 of the GNU General Public License." +
                kWarranty,
            "GPL-2.0-only"},
           {"Permission is granted to copy, distribute and/or modify this document under the terms of the "
            "GNU Free "
            "Documentation License, Version 1.3 or any later version published by the Free Software "
            "Foundation.",
            "GFDL-1.3-or-later"}})
    EXPECT_EQ(noticed(text), id) << text;
}

TEST(Notice, OneLineAndPointers) {
  for (const auto& [text, id] : std::initializer_list<std::pair<std::string, std::string>>{
           {"SPDX-License-Identifier: Apache-2.0\n", "Apache-2.0"},
           {"// SPDX-License-Identifier: MIT", "MIT"},
           {"MIT\n", "MIT"},
           {"The MIT License\n", "MIT"},
           {"License: BSD-3-Clause\n", "BSD-3-Clause"},
           {"Licensed under the Apache License, Version 2.0.\n", "Apache-2.0"},
           {"Licensed under the Apache License, Version 2.0, see "
            "<https://www.apache.org/licenses/LICENSE-2.0>.\n",
            "Apache-2.0"},
           {"This model is released under the MIT License.\n", "MIT"},
           {"The weights are subject to the terms of the Mozilla Public License, v. 2.0.\n", "MPL-2.0"},
           {"On Debian systems, the complete text of the Apache License, Version 2.0\ncan be found in "
            "/usr/share/common-licenses/Apache-2.0.\n",
            "Apache-2.0"},
           {"Nimbus is licensed under CC BY-NC 4.0.\n", "CC-BY-NC-4.0"}})
    EXPECT_EQ(noticed(text), id) << text;
}

TEST(Notice, WhatIsNotUnderstoodIsNone) {
  const std::string apache = "Licensed under the Apache License, Version 2.0. ";
  for (const std::string& text : {
           apache + "Not for use in weapons.",
           apache + "You must tell us before you use it.",
           apache + "Commercial use needs a written permission.",
           apache + "Additional terms apply to large companies.",
           apache + "The weights are under the Nimbus Research License.",
           apache + "Parts of it are under the GPL, version 2.",
           std::string("Licensed under the MIT license to members of the Nimbus consortium."),
           std::string("Licensed under the Apache License 2.0, provided that you wear a hat."),
           std::string("Licensed under the MIT License for academic use."),
           std::string("This code is under the LGPL-2.1 and the MPL 1.1."),
           std::string("See `/usr/share/common-licenses/GPL' and `/usr/share/common-licenses/Artistic'."),
           std::string("This file is in the public domain."),
           std::string("See LICENSE-2 for the terms."),
           std::string("Licensed under the MIT License. 商用は禁止です。"),
           std::string("other"),
       })
    EXPECT_EQ(noticed(text), "") << text;
}

TEST(LicenseForms, Rtf) {
  EXPECT_EQ(
      text::from_rtf("{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}\\f0\\fs24 A \\b bold\\b0  word\\par\n\\'93q\\'94 "
                     "\\u8211?x{\\*\\hidden no}\\tab y}"),
      "A bold word\n \xE2\x80\x9Cq\xE2\x80\x9D \xE2\x80\x93x y");
  EXPECT_EQ(text::from_rtf("MIT License"), "");
  EXPECT_EQ(text::from_rtf("{\\rtf1 a\\'"), "a");
  EXPECT_EQ(text::from_rtf("{\\rtf1 \\bin99999999 a"), "");
  EXPECT_EQ(text::from_rtf("{\\rtf1" + std::string(100'000, '{') + "a" + std::string(200'000, '}')), "a");
  // Words that are hidden nowhere count.
  const std::string apache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  std::string rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 ";
  for (const char c : apache) rtf += c == '\n' ? std::string("\\par\n") : std::string(1, c);
  Identified i = license::identify(rtf + "}", the_catalog());
  EXPECT_THAT(i.licenses, ElementsAre("Apache-2.0"));
  EXPECT_TRUE(i.match == Match::exact || i.match == Match::template_) << word(i.match);
  i = license::identify(rtf + "\\par Not for commercial use.}", the_catalog());
  EXPECT_EQ(i.match, Match::extra_terms);
}

TEST(LicenseForms, PageNumbersAndRunningTitles) {
  const std::string apache = slurp(std::string(HOWOPEN_SOURCE_DIR) + "/LICENSE");
  const auto paged = [&](const std::string& before, const std::string& behind) {
    std::string out;
    int line = 0;
    for (const char c : apache) {
      out += c;
      if (c == '\n' && ++line % 40 == 0) out += before + std::to_string(line / 40) + behind + "\n";
    }
    return license::identify(out, the_catalog()).match;
  };
  for (const auto& [before, behind] : std::initializer_list<std::pair<std::string, std::string>>{
           {"Page ", ""}, {"Page ", " of 6"}, {"  - ", " -"}, {"[Page ", "]"}, {"Apache License   | ", ""}}) {
    const Match match = paged(before, behind);
    EXPECT_TRUE(match == Match::exact || match == Match::template_)
        << before << behind << ": " << word(match);
  }
  EXPECT_EQ(paged("Not for commercial use ", ""), Match::modified);
}

TEST(LicenseGroups, EveryLicenseOfTheListsHasClassAndTraits) {
  const auto cls = [](const char* id) { return the_catalog().license(id)->cls; };
  for (const char* id : {"X11", "BSD-4-Clause", "Python-2.0.1", "OpenSSL", "Ruby", "Vim", "FTL", "curl",
                         "GFDL-1.3-or-later", "GPL-1.0-or-later", "AML", "CC-BY-SA-2.5", "CC-BY-3.0-DE"})
    EXPECT_EQ(cls(id), LicenseClass::open) << id;
  for (const char* id :
       {"CC-BY-NC-1.0", "CC-BY-NC-SA-2.0-FR", "CC-BY-NC-ND-2.5", "PolyForm-Noncommercial-1.0.0"})
    EXPECT_EQ(cls(id), LicenseClass::non_commercial) << id;
  for (const char* id : {"CC-BY-ND-2.0", "SSPL-1.0", "BUSL-1.1", "Elastic-2.0", "Hippocratic-2.1", "JSON",
                         "PolyForm-Small-Business-1.0.0"})
    EXPECT_EQ(cls(id), LicenseClass::use_restricted) << id;
  const auto value = [](const char* id, std::string_view trait) {
    for (const Trait& t : the_catalog().license(id)->traits) {
      if (t.name == trait) return t.value;
    }
    return std::string("unknown");
  };
  EXPECT_EQ(value("MIT-0", "attribution"), "no");
  EXPECT_EQ(value("LGPL-2.1-or-later", "copyleft"), "yes");
  EXPECT_EQ(value("CC-BY-ND-3.0", "modification"), "no");
  EXPECT_EQ(value("MPL-1.1", "commercial_use"), "yes");
}

}  // namespace
}  // namespace howopen::test
