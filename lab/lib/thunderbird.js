// Body of an async function for marionette.py: what a person would do with a hand in Thunderbird's window.
// args: [user, 'save', NAME, FOLDER], [user, 'ask', NAME], the window's own file picker asks where, [user, 'read', NAME], [user, 'open', NAME, PROGRAM], [user, 'link', NAME, URL], a link in the message that has
// the attachment NAME, or [user, 'keep', NAME, FOLDER], the whole inbox copied to a local folder. The account is the IMAP server of the host itself.
const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
const { MsgHdrToMimeMessage } = ChromeUtils.importESModule('resource:///modules/gloda/MimeMessage.sys.mjs');
const { AttachmentInfo } = ChromeUtils.importESModule('resource:///modules/AttachmentInfo.sys.mjs');
const [user, action, name, where] = args;
const pause = ms => new Promise(done => win.setTimeout(done, ms));
let win = null;
for (let n = 0; n < 200 && !win; n++) {
  win = Services.wm.getMostRecentWindow('mail:3pane');
  if (!win) await new Promise(done => ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs').setTimeout(done, 100));
}
const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
login.init('imap://127.0.0.1', null, 'imap://127.0.0.1', user, 'lab-only', '', '');
if ((await Services.logins.getAllLogins()).length === 0) await Services.logins.addLoginAsync(login);
const server = MailServices.accounts.accounts.map(each => each.incomingServer).find(each => each.type === 'imap');
const wanted = async () => {
  const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
  if (!inbox) return null;
  for (const header of inbox.messages) {
    const mime = await new Promise(done => MsgHdrToMimeMessage(header, null, (_, message) => done(message), true));
    const found = mime && mime.allUserAttachments.find(each => each.name === name);
    if (found) return { inbox, header, found };
  }
  return null;
};
let got = null;
for (let n = 0; n < 30 && !got; n++) {
  server.getNewMessages(server.rootFolder, win.msgWindow, null);
  await pause(700);
  got = await wanted();
}
if (!got) throw new Error('no such attachment');
const uri = got.inbox.getUriForMsg(got.header);
const { contentType, url } = got.found;
const attachment = new AttachmentInfo({ contentType, url, name, uri, isExternalAttachment: false, message: got.header });
if (action === 'read') {
  await pause(1000);
} else if (action === 'save') {
  // What the window does when its file picker has answered.
  await attachment.saveToFile(PathUtils.join(where, name));
  await pause(500);
} else if (action === 'ask') {
  const saved = await attachment.save(win.browsingContext);
  await pause(500);
  return [contentType, saved];
} else if (action === 'link') {
  // What a click on a link does: the program that the desktop has for such addresses.
  const handlers = Cc['@mozilla.org/uriloader/external-protocol-service;1'].getService(Ci.nsIExternalProtocolService);
  const info = handlers.getProtocolHandlerInfo(Services.io.newURI(where).scheme);
  info.preferredAction = Ci.nsIHandlerInfo.useSystemDefault;
  info.alwaysAskBeforeHandling = false;
  info.launchWithURI(Services.io.newURI(where), null);
  await pause(2500);
  return [info.hasDefaultHandler, info.defaultDescription];
} else if (action === 'keep') {
  let local = null;
  try {
    local = MailServices.accounts.localFoldersServer;
  } catch {}
  if (!local) {
    MailServices.accounts.createLocalMailAccount();
    local = MailServices.accounts.localFoldersServer;
  }
  const root = local.rootFolder;
  root.createSubfolder(where, null);
  await pause(1500);
  await new Promise(done =>
    MailServices.copy.copyMessages(
      got.inbox,
      [...got.inbox.messages],
      root.getChildNamed(where),
      false,
      { QueryInterface: ChromeUtils.generateQI(['nsIMsgCopyServiceListener']), onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() {}, onStopCopy: done },
      win.msgWindow,
      false,
    ),
  );
} else {
  const program = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
  program.initWithPath(where);
  const handler = Cc['@mozilla.org/uriloader/local-handler-app;1'].createInstance(Ci.nsILocalHandlerApp);
  handler.executable = program;
  const dot = name.lastIndexOf('.');
  const info = Cc['@mozilla.org/mime;1'].getService(Ci.nsIMIMEService).getFromTypeAndExtension(contentType, name.slice(dot + 1));
  info.preferredApplicationHandler = handler;
  info.preferredAction = Ci.nsIHandlerInfo.useHelperApp;
  info.alwaysAskBeforeHandling = false;
  Cc['@mozilla.org/uriloader/handler-service;1'].getService(Ci.nsIHandlerService).store(info);
  await attachment.open(win.browsingContext, got.header.messageId);
  await pause(2500);
}
return [contentType, name];
