/** The names that ATT&CK gives the tunables of its Linux mail analytics. */
export const ATTACK_TUNABLES: Record<string, readonly string[]> = {
  AN0656: ['AttachmentStoragePaths', 'ScriptInterpreters'],
  AN0321: ['BrowserProcesses', 'PhishingIndicators'],
  AN1310: ['WatchedMailDirs', 'ProcessNameList', 'TimeWindow'],
  AN0380: ['TransferSizeThreshold', 'ScriptNameFilter'],
  AN1009: ['MailVolumeThreshold', 'AttachmentPatternList'],
};
