// The real extension is not always to be had where tests run, and choosing an interpreter in it takes a person.
const vscode = require('vscode');

exports.activate = (context) => {
  let chosen;
  const changed = new vscode.EventEmitter();
  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand('standIn.choose', (path) => {
      chosen = path;
      changed.fire({ id: path, path, resource: undefined });
    }),
  );
  return {
    ready: Promise.resolve(),
    environments: {
      onDidChangeActiveEnvironmentPath: changed.event,
      getActiveEnvironmentPath: () => ({ id: chosen ?? 'DEFAULT_PYTHON', path: chosen ?? '' }),
      resolveEnvironment: async ({ path }) =>
        path === '' ? undefined : { id: path, path, executable: { uri: vscode.Uri.file(path) } },
    },
  };
};
