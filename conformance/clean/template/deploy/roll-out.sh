#!/bin/sh
# Replaces one instance after the other; the previous image stays for the way back.
set -eu
kubectl set image deployment/mendroom backend="mendroom-backend:${GITHUB_SHA}"
kubectl rollout status deployment/mendroom --timeout=120s || kubectl rollout undo deployment/mendroom
