// Body of an async function for marionette.py: what Thunderbird's updating does, which Debian's build leaves out. The running Thunderbird does it:
// fetches an update into its cache, copies its updater beside it and starts the copy on a file of the installation. args: [INSTALLATION, URL].
const [installation, url] = args;
const win = Services.wm.getMostRecentWindow('mail:3pane');
const folder = PathUtils.join(Services.env.get('HOME'), '.cache', 'thunderbird', 'updates', '0');
await IOUtils.makeDirectory(folder);
const update = PathUtils.join(folder, 'update.mar');
await IOUtils.write(update, new Uint8Array(await (await win.fetch(url)).arrayBuffer()));
const copy = PathUtils.join(folder, 'updater');
await IOUtils.copy(PathUtils.join(installation, 'updater'), copy);
await IOUtils.setPermissions(copy, 0o755);
const program = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
program.initWithPath(copy);
const process = Cc['@mozilla.org/process/util;1'].createInstance(Ci.nsIProcess);
process.init(program);
const words = [PathUtils.join(installation, 'interesting_serverknobs.json'), update];
process.run(false, words, words.length);
await new Promise(done => win.setTimeout(done, 2000));
return copy;
