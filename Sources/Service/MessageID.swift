/// What happened, in the journal's sense: `journalctl MESSAGE_ID=...` finds all of a kind.
///
/// An identifier never changes and is never used for anything else; docs/messages.md lists them.
package enum MessageID: String, CaseIterable, Sendable {
    case runBegun = "7de084a4f69a432190c12cea11295327"
    case runEnded = "587253ba28ff4e30bb57d3e643476633"
    case configurationRefused = "169017976a9e4cd095ec58e2653baaec"
    case modelRefused = "b784eae289454915b128715a2f6c13eb"
    case deviceAbsent = "0de27cad49fe4d639bf2a836771bebeb"
    case deviceAnswers = "56e9d2e43e51445ba58be7c07c4cc16e"
    case deviceLost = "73db13c6f7f8485cae3d0257220ddf03"
    case outputsOff = "f80db228dc9443c0b42834063f857ff7"
    case outputsUnconfirmed = "271b5e2167a74e859ce0ae4d77bf7817"
    case stateChanged = "014c2f0c3cd84eaeaf52af2ef040f23b"
    case safeState = "9118f7e440d841a2a693513744c7e4e7"
    case threadHangs = "2cce0f7b01054c5fa91627e55d8a639f"
    case recordFault = "980baa0efa9e437dad59ff861af03154"
    case recordRestored = "fdf7c95cb4074966875e3241911d9b20"
    case ticksLost = "3f3c260ab5594168b65549eda6ea1957"
    case notPermitted = "25e134abc3a44b14b3ce32e1918f88b8"
    case preflightRefused = "4e535306af1347e393f460bf875ea8c3"
    case pageFaults = "58851834b7054456b097fc081019935c"
    case overBudget = "fca05d6ace6f44c0889bf2ef7fddca72"
    case lawUncertified = "375aadba8c5946f98383a5fcedc9b799"
    case resumeDecided = "32833106536e95df40b2d002cc92d33d"
    case reloaded = "4cdac1b31894f5b6300a65ccd081a3d4"
    case reloadRefused = "df21d0f6bafcf1aaaa30b2deeca51b19"
    case checkpointFault = "f08db22fd293056a3170fab23d90fbac"
}
