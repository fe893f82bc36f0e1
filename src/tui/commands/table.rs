//! The table of commands: id, group, short and full title, one sentence of help, and where it is
//! valid, with its place in the footer (`Rank @ 20`: the lower, the earlier).

use super::{Context, Entry, Group};

commands! {
    AppQuit = "app.quit", Program, "quit", "Quit",
        "Leaves the program; everything is saved already.", [Global @ 95];
    AppHelp = "app.help", Program, "keys", "Show the keys",
        "Shows every key that works here.", [Global @ 90];
    AppPalette = "app.palette", Program, "commands", "Find a command",
        "Finds a command by its name.", [Global @ 80];
    AppBack = "app.back", Program, "back", "Back",
        "Leaves what is open, or goes back a step.", [Global, Near @ 20, Export @ 70, Import @ 70, Changes @ 60, Form @ 30, Log @ 10, Help @ 10];
    AppUndo = "app.undo", Program, "undo", "Undo",
        "Takes back the last change, whatever it was.", [Global, Rank @ 75, Browse @ 75, Review @ 75];
    AppRedo = "app.redo", Program, "redo", "Redo",
        "Makes again what undo took back.", [Global];
    AppMessages = "app.messages", Program, "messages", "Messages",
        "Shows again what the program had to say.", [Global];
    AppAnnotator = "app.annotator", Program, "who", "Change who is at the keyboard",
        "Asks for a name; from then on everything is done by that person.", [Global];
    AppSuspend = "app.suspend", Program, "suspend", "Suspend",
        "Goes back to the shell; `fg` returns.", [Global];
    AppRedraw = "app.redraw", Program, "redraw", "Redraw the screen",
        "Paints the whole screen anew.", [Global];
    GoHome = "go.home", Go, "home", "Home",
        "Goes to what is to be done next.", [Global];
    GoBrowse = "go.browse", Go, "browse", "Browse",
        "Goes to the list of examples.", [Global, Home @ 20];
    GoWrite = "go.write", Go, "write", "Write",
        "Goes to the example, to write it.", [Global];
    GoRank = "go.rank", Go, "rank", "Rank",
        "Goes to the responses that wait for a ranking.", [Global];
    GoReview = "go.review", Go, "review", "Review",
        "Goes to submitted work that waits for a reviewer, or to the example, to review it.", [Global];
    GoHistory = "go.history", Go, "history", "History",
        "Goes to what was changed, when and by whom: of this example; once more, of all.", [Global];
    GoAgreement = "go.agreement", Go, "agreement", "Agreement",
        "Goes to how far annotators agree, and whose responses they prefer.", [Global];
    GoCoverage = "go.coverage", Go, "coverage", "Coverage",
        "Goes to what is covered, and to what to write next.", [Global, Home @ 25];
    GoReadiness = "go.readiness", Go, "ready", "Readiness",
        "Goes to what the dataset is ready for, and to what stands in the way.", [Global, Home @ 93];
    GoRules = "go.rules", Go, "rules", "Rules",
        "Goes to the rules that propose tags.", [Global];
    GoFailures = "go.failures", Go, "failures", "Failures",
        "Goes to where models failed, round by round, and to what to do about it.", [Global];
    GoPace = "go.pace", Go, "pace", "Pace",
        "Goes to how much gets done, when the targets will be met, and what that costs.", [Global];
    GoBalance = "go.balance", Go, "balance", "Balance",
        "Goes to how values, lengths, people and splits are spread.", [Global];
    GoExport = "go.export", Go, "export", "Export",
        "Goes to writing a file that trainers read, and to what stands in its way.", [Global, Home @ 96];
    GoImport = "go.import", Go, "import", "Import",
        "Goes to bringing in what a file holds.", [Global, Home @ 97];
    GoNextWork = "go.next-work", Go, "next work", "Next work",
        "Goes to the example that most needs work.", [Global];
    QueueOrder = "queue.order", Go, "order", "Change the order of the queues",
        "Has the queues hand out first what helps the largest gaps, or what came first.", [Global];
    MoveUp = "move.up", Move, "up", "Up",
        "Moves one up.", [List];
    MoveDown = "move.down", Move, "down", "Down",
        "Moves one down.", [List];
    MoveLeft = "move.left", Move, "left", "Left",
        "Moves to the left; scrolls a preview up.", [List];
    MoveRight = "move.right", Move, "right", "Right",
        "Moves to the right; scrolls a preview down.", [List];
    MovePageUp = "move.page-up", Move, "page up", "Page up",
        "Moves up by what the screen shows.", [List];
    MovePageDown = "move.page-down", Move, "page down", "Page down",
        "Moves down by what the screen shows.", [List];
    MoveHalfPageUp = "move.half-page-up", Move, "half page up", "Half a page up",
        "Moves up by half of what the screen shows.", [List];
    MoveHalfPageDown = "move.half-page-down", Move, "half page down", "Half a page down",
        "Moves down by half of what the screen shows.", [List];
    MoveTop = "move.top", Move, "top", "To the top",
        "Moves to the first.", [List];
    MoveBottom = "move.bottom", Move, "bottom", "To the bottom",
        "Moves to the last.", [List];
    WelcomeChoose = "welcome.choose", Here, "choose", "Choose",
        "Opens what is selected.", [Welcome @ 10];
    HomeWork = "home.work", Here, "work", "Work on this",
        "Starts the work that is selected.", [Home @ 10];
    ExampleNew = "example.new", Example, "new", "New example",
        "Begins a new example.", [Home @ 30, Browse @ 60, Write];
    ExampleVariant = "example.variant", Example, "new like this", "New example like this one",
        "Makes a variant of the example: its prompt and tags, to be changed.", [Browse, Write, Rank];
    ExampleForGap = "example.for-gap", Example, "new for the gap", "New example for the largest gap",
        "Begins a new example with the tags that the coverage lacks most.", [Home, Browse, Write, Rank];
    ExampleFromTemplate = "example.from-template", Example, "from template", "New example from a template",
        "Makes a new example from a template; what is to be filled in is marked.", [Home, Browse, Write, Rank];
    ExampleKeepTemplate = "example.keep-template", Example, "keep as template", "Keep as a template",
        "Keeps the example as a template that new ones can begin with.", [Write];
    ExampleOpen = "example.open", Example, "open", "Open",
        "Opens the selected example.", [Browse @ 10, Near @ 10, History @ 20, Changes @ 50, Agreement @ 10, Pace @ 10];
    ExampleNext = "example.next", Example, "next", "Next example",
        "Goes to the next example of the list or queue.", [Write, Rank, Review];
    ExamplePrevious = "example.previous", Example, "previous", "Previous example",
        "Goes to the example before this one.", [Write, Rank, Review];
    ExampleSkip = "example.skip", Example, "skip", "Skip",
        "Leaves the example as it is, and goes to the next one.", [Write @ 70, Rank @ 70, Review @ 60];
    ExampleSubmit = "example.submit", Example, "submit and next", "Submit",
        "Calls the example done, and goes to the next one.", [Browse, Write @ 20];
    ExampleApprove = "example.approve", Example, "approve", "Approve",
        "Agrees with the example.", [Browse @ 50, Write, Rank, Review @ 10];
    ExampleDiscard = "example.discard", Example, "discard", "Discard",
        "Sets the example aside; no export takes it.", [Browse, Write, Rank, Review];
    ExamplePend = "example.pend", Example, "put back", "Put back to pending",
        "Puts the example back among those that wait for work.", [Browse, Write, Rank, Review];
    ExampleStatus = "example.status", Example, "status", "Change the status",
        "Chooses the status from a menu.", [Browse, Write, Rank, Review];
    ExampleTag = "example.tag", Example, "tag", "Tag",
        "Chooses the value of a facet from a menu.", [Browse @ 40, Write @ 50, Rank, Review];
    TagTakeProposed = "tag.take-proposed", Example, "take proposed", "Take what rules propose",
        "Makes tags of what rules propose for the example.", [Browse];
    TagDeclineProposed = "tag.decline-proposed", Example, "decline proposed", "Decline what rules propose",
        "Says no to what rules propose for the example: they propose it no more.", [Browse, Write, Editor];
    ExampleFlag = "example.flag", Example, "flag", "Flag",
        "Raises a flag, of a kind chosen from a menu.", [Browse, Write @ 60, Rank @ 60, Review @ 55];
    ExampleResolveFlags = "example.resolve-flags", Example, "resolve flags", "Resolve flags",
        "Marks the open flags as dealt with.", [Browse, Write, Rank, Review];
    ExampleNote = "example.note", Example, "note", "Note",
        "Writes a note on the example.", [Browse, Write, Rank, Review];
    ExampleSplit = "example.split", Example, "split", "Change the split",
        "Chooses train, validation or test from a menu.", [Browse, Write, Rank, Review];
    BrowseFilter = "browse.filter", Here, "filter", "Filter",
        "Types what the list is to show.", [Home @ 40, Browse @ 20];
    BrowseClearFilter = "browse.clear-filter", Here, "clear filter", "Clear the filter",
        "Shows all examples again.", [Browse];
    BrowseMark = "browse.mark", Here, "mark", "Mark",
        "Marks the example, or takes its mark away.", [Browse @ 30];
    BrowseMarkAll = "browse.mark-all", Here, "mark all", "Mark all shown",
        "Marks every example of the filter.", [Browse];
    BrowseUnmarkAll = "browse.unmark-all", Here, "unmark all", "Take all marks away",
        "Takes all marks away.", [Browse];
    BrowseInvertMarks = "browse.invert-marks", Here, "invert marks", "Invert the marks",
        "Marks what has no mark, and the other way round.", [Browse];
    BrowseActOnAll = "browse.act-on-all", Here, "act on all", "Act on the whole filter",
        "Makes the next command act on every example of the filter.", [Browse];
    BrowsePreview = "browse.preview", Here, "preview", "Preview",
        "Shows or hides the example beside the list.", [Browse];
    BrowseReplace = "browse.replace", Here, "replace", "Find and replace",
        "Finds and replaces in the marked examples, or in all shown.", [Browse];
    BrowseNormalise = "browse.normalise", Here, "normalise", "Normalise the texts",
        "Tidies blanks, quotes, JSON of the marked examples, or of all.", [Browse];
    PaceWage = "pace.wage", Here, "what it costs", "Set what work costs",
        "Asks what an hour of work costs, or an example.", [Pace @ 20];
    CoverageList = "coverage.list", Here, "list these", "List these examples",
        "Lists the usable examples of the cell.", [Coverage @ 10];
    CoverageWrite = "coverage.write", Here, "write one", "Write one here",
        "Begins a new example with the tags of the cell, or of what to write next.", [Coverage @ 20];
    CoverageTarget = "coverage.target", Here, "target", "Set the target",
        "Says how many usable examples the cell wants, or that it is never; in the last row or column, the value.",
        [Coverage @ 30];
    CoverageGap = "coverage.gap", Here, "largest gap", "Go to the largest gap",
        "Goes to the cell that lacks the largest share of what is wanted.", [Coverage @ 35];
    CoverageMissing = "coverage.missing", Here, "missing", "List what is missing",
        "Lists pairs of values, and three together, that no usable example has; goes to the one chosen.",
        [Coverage @ 37];
    CoverageNextPart = "coverage.next-part", Here, "write next", "Go to what to write next",
        "Goes from the table to what to write next, and back.", [Coverage @ 40];
    CoverageRows = "coverage.rows", Here, "rows", "Choose the facet of the rows",
        "Chooses which facet stands down the side.", [Coverage @ 50];
    CoverageColumns = "coverage.columns", Here, "columns", "Choose the facet of the columns",
        "Chooses which facet stands along the top.", [Coverage @ 52];
    CoverageTurn = "coverage.turn", Here, "turn", "Turn the table",
        "Puts the rows along the top and the columns down the side.", [Coverage @ 54];
    CoverageAddValue = "coverage.add-value", Here, "new value", "Make a value",
        "Makes a value of the facet that one is at.", [Coverage @ 60];
    CoverageRename = "coverage.rename", Here, "rename", "Rename the value",
        "Gives the value another name; its examples and the values below it follow.", [Coverage @ 62];
    CoverageMerge = "coverage.merge", Here, "merge", "Merge the value into another",
        "Makes one value of two; the examples of both carry it.", [Coverage @ 64];
    CoveragePart = "coverage.part", Here, "part", "Part the value in several",
        "Gives those of its examples that a filter finds another value; what would become of them is shown first.",
        [Coverage @ 65];
    CoverageAddFacet = "coverage.add-facet", Here, "new facet", "Make a facet",
        "Makes an open facet, which gets values as they are put on examples.", [Coverage @ 66];
    ReadinessOpen = "readiness.open", Here, "go there", "Go to the work",
        "Goes to where the work of the line is done, or answers its question.", [Readiness @ 10];
    ReadinessThreshold = "readiness.threshold", Here, "threshold", "Set the threshold",
        "Sets what the number of the line has to be, for this dataset.", [Readiness @ 20];
    ReadinessYes = "readiness.yes", Here, "yes", "Answer yes",
        "Answers the question of the line with yes; again, takes that back.", [Readiness @ 30];
    ReadinessNo = "readiness.no", Here, "no", "Answer no",
        "Answers the question of the line with no; again, takes that back.", [Readiness @ 32];
    ReadinessWage = "readiness.wage", Here, "wage", "Say what an hour costs",
        "Says what an hour of work costs, so that work is told in money too.", [Readiness @ 45];
    ReadinessPick = "readiness.pick", Here, "few-shot", "Pick examples for a prompt",
        "Picks a few examples that stand for all, as the text of a prompt.", [Readiness @ 40];
    ReadinessCopy = "readiness.copy", Here, "copy", "Copy the text for the prompt",
        "Puts the picked examples on the system's clipboard.", [Readiness @ 12];
    ReadinessMeasure = "readiness.measure", Here, "measure", "Measure again",
        "Measures again what the dataset is ready for.", [Readiness @ 50];
    FailuresList = "failures.list", Here, "list these", "List the slice's examples",
        "Lists the training examples of the slice.", [Failures @ 10];
    FailuresWrite = "failures.write", Here, "write one", "Write one for the slice",
        "Begins a new example with the tags of the slice.", [Failures @ 20];
    FailuresQueue = "failures.queue", Here, "queue", "Queue examples to write",
        "Makes empty examples to be written for what fails; asks how many.", [Failures @ 30];
    FailuresCandidates = "failures.candidates", Here, "rank answers", "Bring the slice's failing answers in",
        "Puts the failing answers of the slice beside those of their examples, to be ranked.", [Failures @ 40];
    FailuresAllCandidates = "failures.all-candidates", Here, "rank all", "Bring all failing answers in",
        "Puts all failing answers of the round beside those of their examples, to be ranked.", [Failures @ 55];
    FailuresAgainst = "failures.against", Here, "compare", "Compare with another round",
        "Chooses the round that this one is compared with.", [Failures @ 50];
    FailuresEarlier = "failures.earlier", Here, "earlier round", "Look at the round before",
        "Looks at the round that was kept before this one.", [Failures @ 60];
    FailuresLater = "failures.later", Here, "later round", "Look at the round after",
        "Looks at the round that was kept after this one.", [Failures @ 61];
    BalanceList = "balance.list", Here, "list these", "List these examples",
        "Lists the examples of the bar.", [Balance @ 10];
    BalanceWrite = "balance.write", Here, "write one", "Write one of these",
        "Begins a new example with the tags of the bar.", [Balance @ 20];
    BalanceTarget = "balance.target", Here, "target", "Set the target",
        "Sets how many usable examples of the value are wanted.", [Balance @ 30];
    BalanceNextPage = "balance.next-page", Here, "next page", "Next page",
        "Goes to the next page: values, lengths, people and sources, splits.", [Balance @ 15];
    BalancePreviousPage = "balance.previous-page", Here, "page before", "Page before",
        "Goes to the page before.", [Balance];
    BalanceOrder = "balance.order", Here, "order", "Order the values",
        "Orders the values of each facet: as they were made, by what is there, by what is missing.",
        [Balance @ 40];
    BalanceFacet = "balance.facet", Here, "facet", "Go to a facet",
        "Goes to a facet, chosen from all.", [Balance @ 45];
    BalanceAgain = "balance.again", Here, "count anew", "Count anew",
        "Reads lengths, people or splits anew.", [Balance @ 60];
    ExportChoose = "export.choose", Here, "change", "Change or open this",
        "Changes the setting, opens the example, or makes the export again.", [Export @ 10];
    ExportWrite = "export.write", Here, "write", "Write the file",
        "Asks where to, and writes the file.", [Export @ 20];
    ExportMend = "export.mend", Here, "mend", "Take the mend",
        "Mends what stands in the way as the file is written, or no longer; the dataset stays as it is.",
        [Export @ 30];
    ExportPass = "export.pass", Here, "let pass", "Let the rule pass",
        "Says that the rule need not hold, or must again.", [Export @ 32];
    ExportSkip = "export.skip", Here, "leave out", "Leave out what does not hold",
        "Leaves out the examples that do not hold, or stops at them again.", [Export @ 34];
    ExportFormat = "export.format", Here, "format", "Choose the format",
        "Chooses the format from a menu that is searched by typing.", [Export @ 40];
    ExportFilter = "export.filter", Here, "filter", "Choose the examples by a filter",
        "Types which examples go out.", [Export @ 50];
    ExportPreview = "export.preview", Here, "other form", "Show the record in the other form",
        "Shows the first record laid out, or as the line that is written.", [Export @ 60];
    ExportNextPart = "export.next-part", Here, "next part", "Go to the next part",
        "Goes on from the settings to what stands in the way, and to the exports of before.", [Export @ 55];
    ExportJudge = "export.judge", Here, "judge again", "Judge it again",
        "Looks again at what would be written.", [Export];
    ImportChoose = "import.choose", Here, "change", "Change this",
        "Changes the setting, or says what the field becomes.", [Import @ 10];
    ImportBring = "import.bring", Here, "bring in", "Bring the file in",
        "Brings in all that the file holds, as one action.", [Import @ 20];
    ImportTry = "import.try", Here, "try", "Try the whole file",
        "Reads the whole file and tells what would come in; the dataset stays as it is.", [Import @ 30];
    ImportLeave = "import.leave", Here, "leave out", "Leave the field out",
        "The field becomes nothing; it stays with the example as metadata.", [Import @ 40];
    ImportNextRecord = "import.next-record", Here, "next record", "Show the next record",
        "Shows the next of the first records, and what it becomes.", [Import @ 35];
    ImportPreviousRecord = "import.previous-record", Here, "record before", "Show the record before",
        "Shows the record before, and what it becomes.", [Import];
    ImportFormat = "import.format", Here, "format", "Choose the format",
        "Overrules what the file was taken for, from a menu that is searched by typing.", [Import @ 50];
    ImportFile = "import.file", Here, "file", "Choose the file",
        "Chooses another file, from a menu of the folder or by its path.", [Import @ 55];
    ImportMapping = "import.mapping", Here, "saved mapping", "Take a saved mapping",
        "Takes a mapping that was saved by name.", [Import @ 62];
    ImportSave = "import.save", Here, "save mapping", "Save the mapping",
        "Saves what the fields become, under a name.", [Import @ 60];
    ImportNextPart = "import.next-part", Here, "next part", "Go to the next part",
        "Goes from the settings to the fields, and back.", [Import @ 65];
    ChangesApply = "changes.apply", Here, "change these", "Make the changes",
        "Makes all changes that are taken, as one action.", [Changes @ 10];
    ChangesTake = "changes.take", Here, "take or leave", "Take or leave",
        "Takes the selected change, or leaves it.", [Changes @ 20];
    ChangesTakeAll = "changes.take-all", Here, "take all", "Take all",
        "Takes every change.", [Changes @ 30];
    ChangesTakeNone = "changes.take-none", Here, "leave all", "Leave all",
        "Leaves every change.", [Changes @ 40];
    FormAccept = "form.accept", Here, "go on", "Go on with this",
        "Goes on with what the page says.", [Form @ 10];
    FormNext = "form.next", Here, "next", "Next question",
        "Goes to the next question.", [Form @ 20];
    FormPrevious = "form.previous", Here, "previous", "Previous question",
        "Goes to the question before.", [Form];
    FilterAccept = "filter.accept", Here, "apply", "Apply the filter",
        "Shows the examples that the filter names.", [Filter @ 10];
    FilterCancel = "filter.cancel", Here, "cancel", "Leave the filter",
        "Leaves the filter as it was.", [Filter @ 20];
    FilterComplete = "filter.complete", Here, "complete", "Complete the word",
        "Completes the word at the cursor.", [Filter @ 30];
    FilterPrevious = "filter.previous", Here, "earlier", "Earlier filter",
        "Brings back the filter before this one.", [Filter @ 40];
    FilterNext = "filter.next", Here, "later", "Later filter",
        "Brings back the filter after this one.", [Filter];
    WriteEdit = "write.edit", Here, "edit", "Edit",
        "Types in the turn or response that is selected.", [Write @ 10];
    WriteType = "write.type", Here, "type", "Type at the end",
        "Types at the end of the turn or response that is selected, in modal keymaps too.", [Write];
    WriteNextField = "write.next-field", Here, "next field", "Next field",
        "Goes to the next turn, response or tag.", [Write @ 30, Editor @ 30];
    WritePreviousField = "write.previous-field", Here, "previous field", "Previous field",
        "Goes to the turn, response or tag before.", [Write, Editor];
    WriteAddResponse = "write.add-response", Here, "add response", "Add a response",
        "Adds an empty response.", [Write @ 40];
    WriteAddTurn = "write.add-turn", Here, "add turn", "Add a turn",
        "Adds a turn after the selected one.", [Write];
    WriteAddTurnBefore = "write.add-turn-before", Here, "add turn before", "Add a turn before",
        "Adds a turn before the selected one.", [Write];
    WriteRewrite = "write.rewrite", Here, "rewrite", "Rewrite to win",
        "Begins a response with the words of the selected one; it ranks above that.", [Write @ 45];
    WriteTools = "write.tools", Here, "tools", "Edit the tools",
        "Types the tools that the model may call, as JSON.", [Write];
    WriteCalls = "write.calls", Here, "tool calls", "Edit the tool calls",
        "Types the tool calls of the selected turn, as JSON.", [Write];
    WriteMoveTurnUp = "write.move-turn-up", Here, "turn up", "Move the turn up",
        "Moves the selected turn before the one above it.", [Write];
    WriteMoveTurnDown = "write.move-turn-down", Here, "turn down", "Move the turn down",
        "Moves the selected turn after the one below it.", [Write];
    WriteJoinTurns = "write.join-turns", Here, "join turns", "Join with the next turn",
        "Makes one turn of the selected one and the next.", [Write];
    WriteSplitTurn = "write.split-turn", Here, "split turn", "Split the turn at the cursor",
        "Makes a turn of its own of what stands after the cursor.", [Editor];
    WriteNextRemark = "write.next-remark", Here, "next to mend", "Go to what is to be mended",
        "Goes to the next place that breaks the contract or is not filled in.", [Write, Editor];
    WriteFormat = "write.format", Here, "lay out JSON", "Lay the JSON out",
        "Puts the JSON of the text over lines, or on one where it is over lines.", [Write, Editor];
    WriteNearest = "write.nearest", Here, "nearest", "Look at the nearest examples",
        "Shows the examples that are like this one, and in what they differ.", [Write @ 65, Editor, Near];
    WriteTakeTags = "write.take-tags", Here, "take tags", "Take the suggested tags",
        "Puts on the tags that rules propose or the words suggest.", [Write, Editor];
    RulesList = "rules.list", Here, "list", "List what the rule proposes",
        "Shows the examples for which the rule's tag is proposed.", [Rules @ 10];
    RulesAdd = "rules.add", Here, "new rule", "New rule",
        "Asks for a rule that proposes a tag.", [Rules @ 20];
    RulesEdit = "rules.edit", Here, "change", "Change the rule",
        "Changes what the rule proposes, and when.", [Rules @ 30];
    RulesTake = "rules.take", Here, "take all", "Take all that the rule proposes",
        "Makes tags of all that the rule proposes, as one change.", [Rules @ 40];
    RulesRemove = "rules.remove", Here, "remove", "Take the rule away",
        "Takes the rule away; tags that were taken stay.", [Rules @ 50];
    WriteWeight = "write.weight", Here, "weight", "Change the training weight",
        "Changes how much the turn counts in training: as usual, not at all (0), fully (1).", [Write];
    WriteDeleteTurn = "write.delete-turn", Here, "delete turn", "Delete the turn",
        "Deletes the selected turn or response.", [Write];
    WriteRole = "write.role", Here, "role", "Change the role",
        "Changes who says the selected turn.", [Write];
    WriteAside = "write.aside", Here, "aside", "Show or hide the column",
        "Shows or hides tags, flags and checks beside the text.", [Write, Editor];
    WriteExternal = "write.external", Here, "your editor", "Open in your editor",
        "Opens the text in the program that $EDITOR names.", [Write, Editor @ 40];
    WriteExternalExample = "write.external-example", Here, "as a page", "Open the example in your editor",
        "Opens the example as a page in the program that $EDITOR names: turns, tools, tags, note.",
        [Write, Editor];
    EditorDone = "editor.done", Here, "done", "Done",
        "Ends typing; what was typed is kept.", [Editor @ 10, Normal @ 11];
    EditorSaveAndNext = "editor.save-and-next", Here, "save and next", "Save, go to the next",
        "Submits the example, and goes to the next one.", [Editor @ 20];
    EditorUndo = "editor.undo", Text, "undo", "Undo typing",
        "Takes back what was typed last.", [Editor @ 50];
    EditorRedo = "editor.redo", Text, "redo", "Redo typing",
        "Types again what undo took back.", [Editor];
    EditorNewline = "editor.newline", Text, "new line", "New line",
        "Begins a new line.", [Editor];
    EditorUp = "editor.up", Text, "up", "Line up",
        "Moves the cursor one row up.", [Editor];
    EditorDown = "editor.down", Text, "down", "Line down",
        "Moves the cursor one row down.", [Editor];
    EditorPageUp = "editor.page-up", Text, "page up", "Text page up",
        "Moves the cursor up by what the screen shows.", [Editor];
    EditorPageDown = "editor.page-down", Text, "page down", "Text page down",
        "Moves the cursor down by what the screen shows.", [Editor];
    EditorParagraphUp = "editor.paragraph-up", Text, "paragraph up", "Paragraph up",
        "Moves the cursor to the blank line before the paragraph.", [Editor];
    EditorParagraphDown = "editor.paragraph-down", Text, "paragraph down", "Paragraph down",
        "Moves the cursor to the blank line behind the paragraph.", [Editor];
    EditorTop = "editor.top", Text, "top", "Start of the text",
        "Moves the cursor to the start of the text.", [Editor];
    EditorBottom = "editor.bottom", Text, "bottom", "End of the text",
        "Moves the cursor to the end of the text.", [Editor];
    EditorLeft = "editor.left", Text, "left", "Character left",
        "Moves the cursor one character to the left.", [Line];
    EditorRight = "editor.right", Text, "right", "Character right",
        "Moves the cursor one character to the right.", [Line];
    EditorWordLeft = "editor.word-left", Text, "word left", "Word left",
        "Moves the cursor to the start of the word.", [Line];
    EditorWordRight = "editor.word-right", Text, "word right", "Word right",
        "Moves the cursor to the end of the word.", [Line];
    EditorLineStart = "editor.line-start", Text, "line start", "Start of the line",
        "Moves the cursor to the start of the line.", [Line];
    EditorLineEnd = "editor.line-end", Text, "line end", "End of the line",
        "Moves the cursor to the end of the line.", [Line];
    EditorDeleteLeft = "editor.delete-left", Text, "delete left", "Delete left",
        "Deletes the character before the cursor.", [Line];
    EditorDeleteRight = "editor.delete-right", Text, "delete right", "Delete right",
        "Deletes the character under the cursor.", [Line];
    EditorDeleteWordLeft = "editor.delete-word-left", Text, "delete word", "Delete the word before",
        "Deletes from the cursor back to the start of the word.", [Line];
    EditorDeleteWordRight = "editor.delete-word-right", Text, "delete word", "Delete the word after",
        "Deletes from the cursor on to the end of the word.", [Line];
    EditorDeleteToStart = "editor.delete-to-start", Text, "delete to start", "Delete to the line's start",
        "Deletes from the cursor back to the start of the line.", [Line];
    EditorDeleteToEnd = "editor.delete-to-end", Text, "delete to end", "Delete to the line's end",
        "Deletes from the cursor on to the end of the line.", [Line];
    EditorPaste = "editor.paste", Text, "paste", "Paste",
        "Puts in what was cut or copied last.", [Line];
    EditorSelect = "editor.select", Text, "select", "Begin or end a selection",
        "Begins a selection at the cursor, or ends it.", [Editor];
    EditorSelectAll = "editor.select-all", Text, "select all", "Select all",
        "Selects the whole text.", [Editor];
    EditorSelectLeft = "editor.select-left", Text, "select left", "Select to the left",
        "Selects one character more to the left.", [Editor];
    EditorSelectRight = "editor.select-right", Text, "select right", "Select to the right",
        "Selects one character more to the right.", [Editor];
    EditorSelectUp = "editor.select-up", Text, "select up", "Select a row up",
        "Selects to the row above.", [Editor];
    EditorSelectDown = "editor.select-down", Text, "select down", "Select a row down",
        "Selects to the row below.", [Editor];
    EditorSelectWordLeft = "editor.select-word-left", Text, "select word", "Select the word before",
        "Selects back to the start of the word.", [Editor];
    EditorSelectWordRight = "editor.select-word-right", Text, "select word", "Select the word after",
        "Selects on to the end of the word.", [Editor];
    EditorSelectLineStart = "editor.select-line-start", Text, "select to start", "Select to the line's start",
        "Selects back to the start of the line.", [Editor];
    EditorSelectLineEnd = "editor.select-line-end", Text, "select to end", "Select to the line's end",
        "Selects on to the end of the line.", [Editor];
    EditorSelectParagraphUp = "editor.select-paragraph-up", Text, "select up", "Select a paragraph up",
        "Selects to the blank line before the paragraph.", [Editor];
    EditorSelectParagraphDown = "editor.select-paragraph-down", Text, "select down", "Select a paragraph down",
        "Selects to the blank line behind the paragraph.", [Editor];
    EditorSelectTop = "editor.select-top", Text, "select to top", "Select to the start of the text",
        "Selects back to the start of the text.", [Editor];
    EditorSelectBottom = "editor.select-bottom", Text, "select to end", "Select to the end of the text",
        "Selects on to the end of the text.", [Editor];
    EditorDeleteLine = "editor.delete-line", Text, "delete line", "Delete the whole line",
        "Takes out the whole line, to be pasted.", [Editor];
    EditorCut = "editor.cut", Text, "cut", "Cut",
        "Takes the selection out, to be pasted.", [Editor];
    EditorCopy = "editor.copy", Text, "copy", "Copy",
        "Copies the selection, to be pasted.", [Editor];
    EditorFind = "editor.find", Text, "find", "Find in the text",
        "Looks for something in the text.", [Editor @ 45];
    EditorFindBackwards = "editor.find-backwards", Text, "find back", "Find towards the start",
        "Looks for something in the text before the cursor.", [Editor];
    EditorFindNext = "editor.find-next", Text, "next match", "Next match",
        "Goes to where it stands next.", [Editor, Find @ 10];
    EditorFindPrevious = "editor.find-previous", Text, "match before", "Previous match",
        "Goes to where it stands before.", [Editor, Find @ 20];
    EditorReplace = "editor.replace", Text, "replace", "Find and replace",
        "Puts something in the place of what is found.", [Editor, Find @ 40];
    FindRegex = "find.regex", Text, "expression", "Regular expression",
        "Takes what is typed for a regular expression, or as it stands.", [Find @ 50];
    FindClose = "find.close", Here, "close", "Stay at the match",
        "Ends looking, and stays at what was found.", [Find @ 30];
    FindCancel = "find.cancel", Here, "go back", "Return from the match",
        "Ends looking, and goes back to where one was.", [Find @ 60];
    ReplaceAccept = "replace.accept", Here, "go on", "Begin to replace",
        "Goes on to what is to stand there, and then from match to match.", [Replace @ 5];
    ReplaceSwitch = "replace.switch", Here, "other line", "Type in the other line",
        "Types in the other of the two lines.", [Replace @ 6];
    ReplaceYes = "replace.yes", Here, "replace", "Replace this one",
        "Replaces this one, and goes to the next.", [Ask @ 10];
    ReplaceNo = "replace.no", Here, "leave", "Leave this one",
        "Leaves this one as it is, and goes to the next.", [Ask @ 20];
    ReplaceAll = "replace.all", Here, "replace all", "Replace all of them",
        "Replaces this one and all that were not asked about yet.", [Replace @ 8, Ask @ 30];
    ReplaceDone = "replace.done", Here, "end", "End replacing",
        "Leaves all others as they are.", [Ask @ 40];
    EditorNormalMode = "editor.normal-mode", Text, "commands", "Keys as commands",
        "Makes keys commands, as in vi, until one of them leads to typing again.", [Editor];
    EditorCancel = "editor.cancel", Text, "cancel", "Forget the count",
        "Forgets what was typed of a command.", [Operator @ 90, Character @ 10];
    EditorInsert = "editor.insert", Text, "type", "Type here",
        "Types before the cursor.", [Normal @ 12];
    EditorAppend = "editor.append", Text, "type behind", "Type behind the cursor",
        "Types behind the cursor.", [Normal];
    EditorInsertAtStart = "editor.insert-at-start", Text, "type first", "Type before the line",
        "Types where the text of the line begins.", [Normal];
    EditorAppendAtEnd = "editor.append-at-end", Text, "type last", "Type behind the line",
        "Types at the end of the line.", [Normal];
    EditorOpenBelow = "editor.open-below", Text, "line below", "Open a line below",
        "Types in a new line below.", [Normal @ 14];
    EditorOpenAbove = "editor.open-above", Text, "line above", "Open a line above",
        "Types in a new line above.", [Normal];
    EditorSubstitute = "editor.substitute", Text, "substitute", "Substitute a character",
        "Types in the place of the character under the cursor.", [Normal];
    EditorChangeLine = "editor.change-line", Text, "change line", "Change the line",
        "Types in the place of the whole line.", [Normal];
    EditorChangeToEnd = "editor.change-to-end", Text, "change to end", "Change to the line's end",
        "Types in the place of the rest of the line.", [Normal];
    EditorOperatorDelete = "editor.operator-delete", Text, "delete …", "Delete what follows",
        "Deletes what the next movement goes over; twice, the line.", [Normal @ 16];
    EditorOperatorChange = "editor.operator-change", Text, "change …", "Change what follows",
        "Types in the place of what the next movement goes over.", [Normal @ 18];
    EditorOperatorYank = "editor.operator-yank", Text, "copy …", "Copy what follows",
        "Copies what the next movement goes over; twice, the line.", [Normal];
    EditorInside = "editor.inside", Text, "inside", "What is inside",
        "Takes a word, a paragraph or what is between quotes or brackets.", [Operator @ 10, Visual];
    EditorAround = "editor.around", Text, "around", "With what is around",
        "Takes the same with its blanks, quotes or brackets.", [Operator @ 20, Visual];
    EditorYankLine = "editor.yank-line", Text, "copy line", "Copy the whole line",
        "Copies the line, to be pasted.", [Normal];
    EditorPasteAfter = "editor.paste-after", Text, "paste behind", "Paste behind the cursor",
        "Puts in behind the cursor what was cut or copied last.", [Normal];
    EditorPasteBefore = "editor.paste-before", Text, "paste before", "Paste before the cursor",
        "Puts in before the cursor what was cut or copied last.", [Normal];
    EditorJoinLines = "editor.join-lines", Text, "join lines", "Join lines",
        "Joins the line with the next one.", [Normal];
    EditorSwitchCase = "editor.switch-case", Text, "switch case", "Switch case",
        "Makes capitals small and small letters capitals.", [Normal];
    EditorReplaceCharacter = "editor.replace-character", Text, "put instead", "Put another character",
        "Puts the next character in the place of the one under the cursor.", [Normal];
    EditorRepeat = "editor.repeat", Text, "again", "Repeat the change",
        "Makes the last change again here.", [Normal];
    EditorVisual = "editor.visual", Text, "select", "Select by moving",
        "Selects while one moves, or stops.", [Normal @ 22];
    EditorVisualLines = "editor.visual-lines", Text, "select lines", "Select lines by moving",
        "Selects whole lines while one moves, or stops.", [Normal];
    EditorOtherEnd = "editor.other-end", Text, "other end", "Other end of the selection",
        "Moves to the other end of the selection.", [Visual];
    EditorNextWord = "editor.next-word", Text, "next word", "Next word",
        "Moves the cursor to the start of the next word.", [Normal];
    EditorPreviousWord = "editor.previous-word", Text, "word before", "Previous word",
        "Moves the cursor to the start of the word before.", [Normal];
    EditorWordEnd = "editor.word-end", Text, "word end", "End of the word",
        "Moves the cursor to the last letter of the word.", [Normal];
    EditorNextBigWord = "editor.next-big-word", Text, "next blank", "Behind the next blank",
        "Moves the cursor to what stands behind the next blank.", [Normal];
    EditorPreviousBigWord = "editor.previous-big-word", Text, "blank before", "Behind the blank before",
        "Moves the cursor back to what stands behind a blank.", [Normal];
    EditorBigWordEnd = "editor.big-word-end", Text, "before blank", "Before the next blank",
        "Moves the cursor to what stands before the next blank.", [Normal];
    EditorFirstLetter = "editor.first-letter", Text, "first letter", "First letter of the line",
        "Moves the cursor to the first letter of the line.", [Normal];
    EditorMatchingBracket = "editor.matching-bracket", Text, "other bracket", "Matching bracket",
        "Moves the cursor to the bracket that belongs to the next one.", [Normal];
    EditorLetterRight = "editor.letter-right", Text, "to letter", "To a letter on the right",
        "Moves the cursor on to the next character that is typed.", [Normal];
    EditorLetterLeft = "editor.letter-left", Text, "to letter", "To a letter on the left",
        "Moves the cursor back to the next character that is typed.", [Normal];
    EditorBeforeLetterRight = "editor.before-letter-right", Text, "before letter", "Up to a letter on the right",
        "Moves the cursor on to before the next character that is typed.", [Normal];
    EditorBeforeLetterLeft = "editor.before-letter-left", Text, "behind letter", "Up to a letter on the left",
        "Moves the cursor back to behind the next character that is typed.", [Normal];
    EditorLetterAgain = "editor.letter-again", Text, "letter again", "To that letter again",
        "Moves the cursor to the same letter again.", [Normal];
    EditorLetterBack = "editor.letter-back", Text, "letter back", "Back to that letter",
        "Moves the cursor to the same letter the other way.", [Normal];
    RankPlace1 = "rank.place-1", Here, "next best", "Place response 1",
        "Says that response 1 is the next best.", [Rank @ 10, Asked, Review @ 30];
    RankPlace2 = "rank.place-2", Here, "2 is next best", "Place response 2",
        "Says that response 2 is the next best.", [Rank, Asked, Review];
    RankPlace3 = "rank.place-3", Here, "3 is next best", "Place response 3",
        "Says that response 3 is the next best.", [Rank, Asked, Review];
    RankPlace4 = "rank.place-4", Here, "4 is next best", "Place response 4",
        "Says that response 4 is the next best.", [Rank, Asked, Review];
    RankPlace5 = "rank.place-5", Here, "5 is next best", "Place response 5",
        "Says that response 5 is the next best.", [Rank, Asked, Review];
    RankPlace6 = "rank.place-6", Here, "6 is next best", "Place response 6",
        "Says that response 6 is the next best.", [Rank, Asked, Review];
    RankPlace7 = "rank.place-7", Here, "7 is next best", "Place response 7",
        "Says that response 7 is the next best.", [Rank, Asked, Review];
    RankPlace8 = "rank.place-8", Here, "8 is next best", "Place response 8",
        "Says that response 8 is the next best.", [Rank, Asked, Review];
    RankPlace9 = "rank.place-9", Here, "9 is next best", "Place response 9",
        "Says that response 9 is the next best.", [Rank, Asked, Review];
    RankTie = "rank.tie", Here, "same as last", "Tie with the last",
        "Says that the next one placed is as good as the last.", [Rank @ 20, Review];
    RankBad = "rank.bad", Here, "rest are bad", "The rest are bad",
        "Says that all responses not placed yet are bad.", [Rank @ 30, Review];
    RankBack = "rank.back", Here, "back", "Take back a key",
        "Takes back the last key of the ranking.", [Rank @ 40, Asked @ 20, Review];
    RankSubmit = "rank.submit", Here, "submit as is", "Submit the ranking",
        "Submits the ranking as far as it goes.", [Rank @ 65];
    RankPlaceFocused = "rank.place-focused", Here, "place it next", "Place the response looked at",
        "Says that the response that is looked at is the next best.", [Rank @ 78, Asked, Review];
    RankCannot = "rank.cannot", Here, "can't judge", "Say that this can't be judged",
        "Says why this can't be judged; there is no order then.", [Rank @ 76];
    RankMethod = "rank.method", Here, "other ways", "Rank in another way",
        "Asks for pairs, or for the best and the worst in turn, in the place of the whole order.", [Rank @ 77];
    RankNextQuestion = "rank.next-question", Here, "go on", "On to the next question",
        "Goes on to the next question after a ranking, also without an answer.", [Asked @ 10];
    RankRewriteBest = "rank.rewrite-best", Here, "rewrite best", "Rewrite the best",
        "Rewrites the best response; the new one goes on top.", [Rank @ 50];
    RankLayout = "rank.layout", Here, "layout", "Change the layout",
        "Shows the responses side by side, stacked, or one.", [Rank];
    RankDifferences = "rank.differences", Here, "differences", "Mark differences",
        "Marks the words in which responses differ, or stops.", [Rank, Review];
    RankScroll = "rank.scroll", Here, "scroll all/one", "Scroll all or one",
        "Lets keys scroll all responses together, or only the one that is looked at.", [Rank];
    RankWholePrompt = "rank.whole-prompt", Here, "whole prompt", "Show the whole prompt",
        "Shows the whole prompt in the place of the responses, or these again.", [Rank];
    RankFocusNext = "rank.focus-next", Here, "next response", "Next response",
        "Looks at the next response.", [Rank, Asked, Review];
    RankFocusPrevious = "rank.focus-previous", Here, "previous one", "Previous response",
        "Looks at the response before.", [Rank, Asked, Review];
    ReviewOverrule = "review.overrule", Here, "overrule", "Overrule",
        "Makes the order that is typed count in the place of all others.", [Review @ 40];
    ReviewReturn = "review.return", Here, "send back", "Send back",
        "Sends the example back to who made it, with a reason.", [Review @ 20];
    ReviewEdit = "review.edit", Here, "edit", "Edit the example",
        "Goes to the example on Write; approve it when it is right.", [Review @ 50];
    ReviewGold = "review.gold", Here, "gold", "Call a ranking gold",
        "Says that the typed order, or somebody's ranking, is the known right one.", [Review];
    ReviewAuthors = "review.authors", Here, "authors", "Show the authors",
        "Shows who wrote each response, or hides it.", [Review];
    ReviewDetails = "review.details", Here, "what was said", "All that was said",
        "Shows rankings, flags, reviews and changes in full, or makes room for the responses.", [Review @ 45];
    HistoryUndoToHere = "history.undo-to-here", Here, "undo to here", "Undo to here",
        "Takes back everything that came after the selected change.", [History @ 10];
    HistoryRestore = "history.restore", Here, "restore", "Restore this version",
        "Puts the texts of the example back to what they were after the selected change.", [History @ 15];
    PaletteAccept = "palette.accept", Here, "choose", "Choose this",
        "Takes what is selected.", [Palette @ 10];
    PaletteCancel = "palette.cancel", Here, "cancel", "Close the menu",
        "Closes without choosing.", [Palette @ 20];
    PaletteNext = "palette.next", Here, "next", "Next entry",
        "Selects the next entry.", [Palette @ 30];
    PalettePrevious = "palette.previous", Here, "previous", "Previous entry",
        "Selects the entry before.", [Palette];
    PalettePageDown = "palette.page-down", Here, "page down", "Entries, a page down",
        "Moves down by what the menu shows.", [Palette];
    PalettePageUp = "palette.page-up", Here, "page up", "Entries, a page up",
        "Moves up by what the menu shows.", [Palette];
    PickerToggle = "picker.toggle", Here, "toggle", "Choose several",
        "Marks the entry to be chosen with others.", [Picker @ 15];
}
