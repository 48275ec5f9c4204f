// Body of an async function for marionette.py: presses the button of an extension in Firefox's toolbar, which opens its popup. args: [id of the extension]
const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
const pause = ms => new Promise(done => setTimeout(done, ms));
let policy = null;
for (let n = 0; n < 100 && !policy?.extension; n++) {
  policy = WebExtensionPolicy.getByID(args[0]);
  await pause(100);
}
const win = Services.wm.getMostRecentWindow('navigator:browser');
await ExtensionParent.apiManager.global.browserActionFor(policy.extension).triggerAction(win);
await pause(2500);
return policy.id;
